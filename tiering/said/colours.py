"""Colours of the tiers from their hues, readable without colour vision in light and dark, and ink for any ground."""

from __future__ import annotations

import colorsys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

GROUNDS = ("#ffffff", "#0e1117")
LEAST_CONTRAST = 3.0  # WCAG 2.2, 1.4.11: what is drawn, against what lies beside it
LEAST_APART = 0.09
RED_WITHIN = 14 / 360
GREYISH = 0.35
_STEPS = 100


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


def readable(hue: str) -> tuple[str, str]:
    """A chosen colour as it is drawn on a light and on a dark ground: changed only as far as it has to be."""
    return (_until_contrast(hue, GROUNDS[0], -1), _until_contrast(hue, GROUNDS[1], 1))


def contrast(one: str, other: str) -> float:
    """Contrast ratio 1..21 of two colours ``#rrggbb`` (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def is_red(hue: str) -> bool:
    """Whether people would call it red, which stands for loss."""
    angle, lightness, saturation = colorsys.rgb_to_hls(*_channels(hue))
    near_red = min(angle, 1 - angle) < RED_WITHIN
    return near_red and saturation > GREYISH and 0.15 < lightness < 0.85


def indistinguishable(hues: Sequence[str]) -> tuple[int, int] | None:
    """The first two colours nobody could tell apart on a projector, None where all can be told."""
    drawn = [_channels(readable(hue)[0]) for hue in hues]
    for one, other in combinations(range(len(hues)), 2):
        if sum((a - b) ** 2 for a, b in zip(drawn[one], drawn[other], strict=True)) ** 0.5 < LEAST_APART:
            return one, other
    return None


def _until_contrast(hue: str, ground: str, way: int) -> str:
    angle, lightness, saturation = colorsys.rgb_to_hls(*_channels(hue))
    for step in range(_STEPS + 1):
        moved = min(max(lightness + way * step / _STEPS, 0.0), 1.0)
        found = _written(colorsys.hls_to_rgb(angle, moved, saturation))
        if contrast(found, ground) >= LEAST_CONTRAST:
            return found
    return found


def _luminance(hue: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(hue)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _channels(hue: str) -> tuple[float, float, float]:
    red, green, blue = (int(hue[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _written(channels: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)
