"""What somebody wants to get done, in a real browser."""
