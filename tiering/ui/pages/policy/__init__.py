"""Papers to take away, and the tiered customers as files."""
