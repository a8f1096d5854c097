"""Advice for each tier under the studio."""

from __future__ import annotations

from tiering.ui.cached import Shown
from tiering.words import Words


def advice_row(shown: Shown, words: Words) -> None:
    """Draw the cards."""
