"""Gets a page from the web without being led into this machine or its network."""
