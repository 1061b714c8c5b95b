"""Secret ballots: places on the roll, casting and changing, paper, telephone and the room; one voice a person."""
