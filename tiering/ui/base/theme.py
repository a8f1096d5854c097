"""One look: the colours of what is drawn beside the tiers, in light and dark, and the labels of money axes."""

from __future__ import annotations

from tiering.said.colours import Colour
from tiering.words import Words

ACCENT = Colour("#2b6ca3", "#7fb3e6")
QUIET = Colour("#e3e8ee", "#2a323c")
LOSS = Colour("#b3261e", "#ff8a80")
CELL = "cell"  # what a click on a grid selects
INK = Colour("#2f3a46", "#d5dce4")
HEAT = Colour("#7fb0da", "#2d5f90")
SCARCE = Colour("#e9b872", "#8a6220")


def compact_label(words: Words) -> str:
    """Vega expression for a money axis: 万/亿 in Chinese, K/M/B in English."""
    expression = "format(datum.value, ',~r')"
    for size, unit in words.locale.units[1:-1]:
        shown = f"format(datum.value / {size:.0f}, ',~r') + '{unit}'"
        expression = f"abs(datum.value) >= {size:.0f} ? {shown} : {expression}"
    return expression
