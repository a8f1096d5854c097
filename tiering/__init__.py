"""Customer tiering for B2B sales: from an order file to tiers, their worth and what to do for each."""
