"""The public HTTP API: what the pages say, for other programs; read by anyone, written with a token."""
