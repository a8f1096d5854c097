"""Figures, measured by hand on a quiet machine: never part of the tests."""
