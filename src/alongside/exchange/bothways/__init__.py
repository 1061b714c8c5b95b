"""Two ways to share out money beside each other, on the file of an earlier vote. Nothing of the file is kept."""
