"""Personal budgets in three forms, and pooling them (book boxes 2.4 and 6.8)."""
