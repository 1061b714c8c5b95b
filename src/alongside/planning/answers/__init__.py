"""You said, we did: an answer to every idea, what came of it, and what councillors do (book chapter 7)."""
