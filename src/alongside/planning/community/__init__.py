"""Community plans, boards and devolved funds (book boxes 6.6 and 6.7)."""
