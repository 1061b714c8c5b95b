"""Gathers the models of the ground's kits for Django."""
