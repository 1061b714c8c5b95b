"""The page of a person, community or organisation, and what its owner settles there."""
