"""Messages to people: on the page, by e-mail, by letter or by telephone."""
