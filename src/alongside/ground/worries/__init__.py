"""Something worries me: to a named person, with a clock and a written route to safeguarding."""
