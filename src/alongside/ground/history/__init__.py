"""Who did what and when, without the values: append-only."""
