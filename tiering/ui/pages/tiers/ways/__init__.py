"""How the tiers are drawn: choosing the way, and the assumptions behind each."""
