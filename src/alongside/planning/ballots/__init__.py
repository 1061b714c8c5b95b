"""Secret ballots: casting and changing, receipts, and the box that is closed before anybody counts."""
