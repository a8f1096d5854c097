"""What to do per tier, with whom, and whether it worked."""
