"""The best use of everything a place has, for all wishes together, with reasons (book tables 7.2, 7.5 and 9.1)."""
