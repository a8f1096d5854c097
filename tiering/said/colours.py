"""Colours of the tiers, readable without colour vision in light and dark, and ink for any ground."""

from __future__ import annotations

from dataclasses import dataclass

from tiering.said.hues import contrast, readable


@dataclass(frozen=True)
class Colour:
    """One colour as it is drawn on a light and on a dark ground."""

    light: str
    dark: str

    def on(self, dark: bool) -> str:
        """The form for the ground at hand."""
        return self.dark if dark else self.light


_BY_NAME = {
    "S": Colour("#7a4a00", "#ffcf87"),
    "A": Colour("#c97a0a", "#ee9a2e"),
    "B": Colour("#3a7ca5", "#66aede"),
    "C": Colour("#93a8b8", "#7f95a6"),
    "D": Colour("#8d7fb0", "#a99bd0"),
    "E": Colour("#b7bcc2", "#5c6670"),
}
_BY_POSITION = tuple(_BY_NAME.values())


def tier_colour(name: str, position: int, hues: tuple[str, ...] = ()) -> Colour:
    """Colour of a tier: the scenario's own, made readable; else by its customary letter, or by position (0 the top)."""
    if position < len(hues):
        return Colour(*readable(hues[position]))
    return _BY_NAME.get(name) or _BY_POSITION[position % len(_BY_POSITION)]


def ink_on(ground: str) -> str:
    """Black or white, whichever reads better on ``#rrggbb``."""
    white, black = "#FFFFFF", "#000000"
    return white if contrast(ground, white) > contrast(ground, black) else black
