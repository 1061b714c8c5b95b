"""The count of a decision, explained round by round, and what each group paid for (book table 1.1, equal say)."""
