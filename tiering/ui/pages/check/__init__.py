"""Whether the scheme would have been right."""
