"""Story → one self-contained HTML file: no script, nothing fetched, every text escaped."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template

from tiering.report.safe import cell_text
from tiering.report.story import Bars, Curve, Story
from tiering.said.colours import ink_on
from tiering.words.locale import locale_of

SIDE = 1000  # the curve's own units for the share 1


def page(story: Story) -> str:
    """Story → HTML text, to be read offline, printed or mailed."""
    return _template().render(story=story, style=_source("page.css"), language=locale_of(story.language).tag)


@cache
def _template() -> Template:
    """Every text goes through the escaper; a name the template does not know is an error, never an empty place."""
    room = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    room.filters["clean"] = cell_text
    room.filters["ink"] = ink_on
    room.filters["path"] = _path
    room.tests["bars"] = lambda chart: isinstance(chart, Bars)
    return room.from_string(_source("page.html"))


@cache
def _source(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")


def _path(curve: Curve) -> str:
    """Points of the curve as the drawing counts them, from the lower left."""
    return " ".join(f"{across * SIDE:.1f},{(1 - up) * SIDE:.1f}" for across, up in curve.points)
