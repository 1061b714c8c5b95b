"""Panels by lot: people who said yes, groups as in the place, and a draw that anybody can check (book chapter 7)."""
