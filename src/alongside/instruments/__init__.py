"""One engine that puts any framework to people, keeps their answers and shows the results."""
