"""A blind vote on the weights, from anybody's own device."""
