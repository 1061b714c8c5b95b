"""A whole map out, and in again elsewhere; a sheet or a calendar of offers into a community's map."""
