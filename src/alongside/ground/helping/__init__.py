"""Keeping a page with somebody: on a recorded basis, by telephone, visit or post, with both names kept."""
