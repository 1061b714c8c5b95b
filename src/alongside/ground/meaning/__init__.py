"""One embedding model, loaded once, for search by meaning."""
