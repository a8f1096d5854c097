"""Who serves whom, and whether there are hours for it."""
