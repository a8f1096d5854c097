"""Typed tables with known meaning → clean orders and customers, joined, with every line accounted for."""
