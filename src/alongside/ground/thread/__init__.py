"""The thread: this came from that, append-only and followed both ways."""
