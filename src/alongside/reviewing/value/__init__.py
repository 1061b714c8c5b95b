"""Decision models and social return, with sources and ranges (book tables 3.5 and 3.6)."""
