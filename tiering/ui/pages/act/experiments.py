"""Experiments: what can be tested, the draw, and the read-out of a finished test."""

from __future__ import annotations

from tiering.ui.base import strategy_choices as choices
from tiering.ui.base.cached import Shown
from tiering.ui.pages.act import draw, finished, sizes
from tiering.words import Words

PARTS = {"sizes": sizes.section, "draw": draw.section, "finished": finished.section}


def section(shown: Shown, words: Words) -> None:
    """Draw the part that was picked."""
    PARTS[choices.picked("experiment_part", list(PARTS), words, bare=True)](shown, words)
