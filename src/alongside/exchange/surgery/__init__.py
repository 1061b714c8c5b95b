"""A note for somebody's own surgery, in the health service's codes; they take it there, and nothing is kept or sent."""
