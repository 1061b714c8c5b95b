"""Ticks for what somebody can do, know and lend, on screen or on paper (capacity inventory; book chapters 1 and 7)."""
