"""Deciding together with an equal say (book chapters 1 and 7)."""
