"""Support and challenge: concerns, answers and lessons (book table 7.7)."""
