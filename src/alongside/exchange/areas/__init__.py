"""Areas from GeoJSON, with figures by code."""
