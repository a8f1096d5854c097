"""Schemes kept, compared, sent and decided on together."""
