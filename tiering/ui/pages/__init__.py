"""A folder for every page, named as in its address."""
