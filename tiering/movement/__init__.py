"""Over time: who moved and why, who is leaving, who will buy again, and whether the scheme was right."""
