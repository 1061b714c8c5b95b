"""Doing: connecting, time, money and agreements (book chapter 7)."""
