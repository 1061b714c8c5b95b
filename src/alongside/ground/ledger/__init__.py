"""Money in pence and time in minutes, double entry: each transfer sums to zero and never changes."""
