"""Programs that a person or a group lets in: for what, until when, shown once, taken back at once."""
