"""Axis labels in the form of the language."""

from __future__ import annotations

from tiering.words import Words

_STEPS = {"zh": ((1e8, "亿"), (1e4, "万")), "en": ((1e9, "B"), (1e6, "M"), (1e3, "K"))}


def compact_label(words: Words) -> str:
    """Vega expression for a money axis: 万/亿 in Chinese, K/M/B in English."""
    expression = "format(datum.value, ',~r')"
    for step, unit in reversed(_STEPS[words.language]):
        shown = f"format(datum.value / {step:.0f}, ',~r') + '{unit}'"
        expression = f"abs(datum.value) >= {step:.0f} ? {shown} : {expression}"
    return expression
