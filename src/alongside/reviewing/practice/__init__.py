"""A library of practice, with people to ask (book boxes 9.2 and 9.3)."""
