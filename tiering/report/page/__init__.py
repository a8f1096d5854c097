"""The story as one page that works without a network."""

from tiering.report.page.page import page

__all__ = ["page"]
