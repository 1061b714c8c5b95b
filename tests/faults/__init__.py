"""What must hold when things go wrong: many at once, killed half-way, taken back."""
