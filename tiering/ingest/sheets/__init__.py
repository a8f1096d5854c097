"""Bytes of a known kind → grids → typed tables: header, body, dialect, repair."""
