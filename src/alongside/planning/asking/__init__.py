"""The quick way to a decision: a small group, or one person, asks on two pages. Chapters 1 and 6 of the book."""
