"""What each party has agreed may be seen, by whom, for what and until when; and every look that was taken."""
