"""Ideas for a decision, and talk about them: each may bring time, space and skills beside its cost (book box 3.12)."""
