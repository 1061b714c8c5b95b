"""Whether the secrets of this installation are those with which its database was made."""
