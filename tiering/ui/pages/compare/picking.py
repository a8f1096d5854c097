"""Controls of the scenario page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tiering.ui.base.remembered import Remembered
from tiering.words import Words


def _text(name: str, part: str) -> str:
    return f"scenarios.{name}.{part}"


_CONTROLS = Remembered("scenarios", _text)
pick = _CONTROLS.keep


def part(name: str, options: Sequence[str], words: Words) -> str:
    """One of a few parts, side by side; worded ``scenarios.<name>.<option>``."""
    return _CONTROLS.picked(name, options, words, bare=True)


def one(name: str, options: Sequence[str], label: str, shown_as: Callable[[str], str], default: str) -> str:
    """One of many options in a list."""
    return _CONTROLS.selected(name, options, label, shown_as, default)
