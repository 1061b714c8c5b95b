"""A hall decides on one page: dots, hands or consent in a room, in the same record as the largest vote."""
