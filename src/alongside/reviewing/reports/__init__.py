"""Reports anyone can read (book box 7.9)."""
