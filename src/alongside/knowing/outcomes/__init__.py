"""What people want, in their own words; wishes; life domains (book chapter 7)."""
