"""Circles and family groups round a person (book boxes 3.9 and 6.3)."""
