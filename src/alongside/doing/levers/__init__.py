"""Which levers were tried on an outcome, by whom, with what effect (book table 6.3)."""
