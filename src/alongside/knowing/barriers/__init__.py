"""What gets in the way, told to the place or service that makes it, which answers in public; and rights (K14)."""
