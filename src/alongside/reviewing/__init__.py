"""Reviewing: what is working, what is not, and what matters next (book chapter 7)."""
