"""Who is around me: the circles of a personal network (book chapter 7)."""
