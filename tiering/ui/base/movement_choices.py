"""Controls of the movement views."""

from __future__ import annotations

from tiering.ui.base.remembered import Remembered


def _text(name: str, part: str) -> str:
    return f"movement.{name}.{part}"


_CONTROLS = Remembered("movement", _text)
picked, number, day = _CONTROLS.picked, _CONTROLS.number, _CONTROLS.day
