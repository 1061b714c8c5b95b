"""Ballots on paper: sheets and slips to print, slips marked as received, sheets keyed in twice, and reconciled."""
