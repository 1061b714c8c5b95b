"""What people want, in their own words; wishes; life domains and barriers (book chapter 7)."""
