"""Working together for change: from reviews to themes to action (book box 7.7)."""
