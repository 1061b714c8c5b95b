"""Is it still so? Holders are asked once a year and answer in one tap, by text or by letter; the old is hidden."""
