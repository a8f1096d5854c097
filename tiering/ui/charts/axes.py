"""Axis labels in the form of the language."""

from __future__ import annotations

from tiering.words import Words


def compact_label(words: Words) -> str:
    """Vega expression for a money axis: 万/亿 in Chinese, K/M/B in English."""
    expression = "format(datum.value, ',~r')"
    for size, unit in words.locale.units[1:-1]:
        shown = f"format(datum.value / {size:.0f}, ',~r') + '{unit}'"
        expression = f"abs(datum.value) >= {size:.0f} ? {shown} : {expression}"
    return expression
