"""What the columns and lines of a table mean."""
