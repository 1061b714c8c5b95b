"""The cast: the people whom every test is about."""
