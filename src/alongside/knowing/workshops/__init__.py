"""Mapping workshops on paper and the entry of what people wrote (book box 7.2)."""
