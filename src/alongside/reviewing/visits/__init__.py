"""Mystery shopping, peer and user-led review (book box 7.4)."""
