"""Alongside: people, communities and organisations decide together and make the best use of everything they all have."""
