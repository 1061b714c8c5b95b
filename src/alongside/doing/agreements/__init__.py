"""Who will do what for which outcomes: bargains, grants, contracts, alliances (book box 7.6)."""
