"""What is working, what is not, what matters next (book chapter 7)."""
