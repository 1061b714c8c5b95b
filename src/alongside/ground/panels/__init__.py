"""Named places on pages of lower rooms where upper rooms hang what they know."""
