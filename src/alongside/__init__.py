"""Alongside: people, communities and organisations decide together and make the best of what they all have."""
