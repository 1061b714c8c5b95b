"""Buying that leaves time to design together (book box 6.9)."""
