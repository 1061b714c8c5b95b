"""The foundation: methods that compute, in plain Python. No Django, no disk, no clock, no settings."""
