"""Introductions and going along: coordinators, navigators, peers (book box 7.5)."""
