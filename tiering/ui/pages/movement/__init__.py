"""Who moved between tiers, and why."""
