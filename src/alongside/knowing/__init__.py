"""Knowing: what is here, what is wanted, and what each does for which outcome (book chapter 7)."""
