"""Postcodes from the files that others publish, and from a place's own."""
