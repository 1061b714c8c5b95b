"""The ground floor: records, people, places, consent and history, on which the four rooms stand."""
