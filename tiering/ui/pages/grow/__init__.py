"""Where more is to be won: what the best have in common, and who has not bought yet."""
