"""The record spine: one narrow row for everything that can be seen, shared, linked or erased."""
