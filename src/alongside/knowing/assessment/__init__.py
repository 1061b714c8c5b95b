"""What a place has and wants (book box 7.3)."""
