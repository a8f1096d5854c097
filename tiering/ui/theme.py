"""One look: tier colours, readable without colour vision, in light and dark."""

from __future__ import annotations

from dataclasses import dataclass

from tiering.ui.hues import readable


@dataclass(frozen=True)
class Colour:
    """One colour as it is drawn on a light and on a dark ground."""

    light: str
    dark: str

    def on(self, dark: bool) -> str:
        """The form for the ground at hand."""
        return self.dark if dark else self.light


ACCENT = Colour("#2b6ca3", "#7fb3e6")
QUIET = Colour("#e3e8ee", "#2a323c")
LOSS = Colour("#b3261e", "#ff8a80")
INK = Colour("#2f3a46", "#d5dce4")
HEAT = Colour("#7fb0da", "#2d5f90")
SCARCE = Colour("#e9b872", "#8a6220")

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
