"""Tests of the house, floor by floor; journeys in a browser; rules about the code itself."""
