"""What is on, as iCalendar (RFC 5545): feeds that any calendar can follow, and calendars brought in."""
