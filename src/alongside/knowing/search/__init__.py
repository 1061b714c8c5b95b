"""One search over all holders: words proposed by the database, ordered by one scorer."""
