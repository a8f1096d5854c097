"""Draws companies, their order histories and their order lines from one seed."""
