"""A person's own plan, in the order of the idea: themselves first (book chapter 6, box 6.4)."""
