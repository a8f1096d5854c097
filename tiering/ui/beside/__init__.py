"""Payments, contacts and outside data on the data page: the question what a file holds, and what it has told."""
