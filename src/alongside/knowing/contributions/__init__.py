"""Who brings what to which outcome, with the holder's consent (book table 3.3)."""
