"""Gathers the models of this room's kits for Django."""
