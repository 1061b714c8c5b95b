"""One file for each claim. Each measures a ratio against a named peer or limit in the same run, in CPU time.

A file has `main() -> int`: it makes what it needs in a scratch home of its own, prints one line for each figure (name,
value, limit), and answers 0 where every claim holds.
"""
