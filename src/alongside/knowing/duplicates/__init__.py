"""What is probably one thing said twice: offered to people for merging, never merged silently."""
