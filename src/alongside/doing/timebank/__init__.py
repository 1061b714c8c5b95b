"""Time credits given and spent (book table 3.5, box 9.7)."""
