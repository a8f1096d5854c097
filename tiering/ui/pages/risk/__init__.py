"""Whom we could lose: silence against the own rhythm, repurchase, contracts that end."""
