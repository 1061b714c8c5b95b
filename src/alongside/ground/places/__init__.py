"""Areas with their boundaries and figures, and the place this installation serves."""
