"""Deciding together: a question at any level, who holds the say, the rule and the phases (book tables 1.1 and 7.5)."""
