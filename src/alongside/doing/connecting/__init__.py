"""Introductions: what somebody offers meets what somebody wishes, and both say yes first (book chapters 3 and 7)."""
