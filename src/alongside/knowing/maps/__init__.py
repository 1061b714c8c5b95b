"""A map that a community owns: its own edge, stewards, a short charter, and what stands on it."""
