"""The story as a deck of slides with native tables and charts."""

from tiering.report.slides.deck import deck

__all__ = ["deck"]
