"""The page *tiers* around the live studio: controls, rules, weights, indicators, ways of drawing lines."""
