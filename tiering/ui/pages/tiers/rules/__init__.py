"""Rules beyond weights and lines, below the studio: points, caps, tiers by hand, appeals, groups."""
