"""Larkmere, the invented town: its streets, its cast, its people and what they have and want. Nobody in it is real."""
