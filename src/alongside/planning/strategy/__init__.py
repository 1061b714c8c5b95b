"""Strategies and action plans without approval from above (book chapter 9)."""
