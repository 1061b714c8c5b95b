"""Judges feeds: Open Referral UK 3.0, HSDS 3.0 and 3.1, for anyone who keeps one."""
