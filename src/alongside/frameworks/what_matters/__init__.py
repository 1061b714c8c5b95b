"""What people say matters to them, one data file for each part of life; read with `frameworks.load_all`."""
