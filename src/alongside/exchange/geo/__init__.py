"""Things and maps as GeoJSON (RFC 7946), out and in."""
