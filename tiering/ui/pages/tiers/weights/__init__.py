"""Where weights come from and how much the tiers depend on them, on request."""
