"""Doors to the outside world: open standards in and out."""
