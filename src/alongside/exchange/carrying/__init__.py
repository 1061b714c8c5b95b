"""The form in which things on offer, and whole maps, travel: every file format writes and reads the same."""
