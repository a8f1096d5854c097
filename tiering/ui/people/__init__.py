"""Who is tiered: names that are one company, own companies left out, dealers apart, and who is on one side only."""
