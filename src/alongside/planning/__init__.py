"""Planning: plans of people, circles, communities and areas, and deciding together (book chapter 7)."""
