"""Who has a place on the roll of a decision, how they came by it, and who took part; one place a person."""
