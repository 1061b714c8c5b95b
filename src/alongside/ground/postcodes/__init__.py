"""Where each postcode is, from an open table that the place loads itself, and what somebody means who types one."""
