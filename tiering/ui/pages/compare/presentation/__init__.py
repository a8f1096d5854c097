"""A presentation for a projector: one message a screen, large type, arrow keys, Esc leaves it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any, TypedDict

import streamlit as st

from tiering.ui.studio import studio_asset


class SlideTable(TypedDict):
    """Cells as they are read; which columns are figures, and which names tiers (−1 for none)."""

    headers: list[str]
    rows: list[list[str]]
    numeric: list[bool]
    tier: int


class SlideBars(TypedDict):
    """Shares 0..1 of each series for each label, with the text beside each bar."""

    labels: list[str]
    series: list[str]
    shares: list[list[float]]
    notes: list[list[str]]


class SlideCurve(TypedDict):
    """Points 0..1, the one that is marked and what is said at it; names of the axes."""

    points: list[tuple[float, float]]
    marked: tuple[float, float]
    note: str
    axes: tuple[str, str]


class Slide(TypedDict):
    """One screen."""

    title: str
    sentences: list[str]
    note: str
    table: SlideTable | None
    bars: SlideBars | None
    curve: SlideCurve | None


class PresentationPayload(TypedDict):
    """All screens, worded; ``colours`` by tier name; ``keys`` are the words of the controls."""

    locale: str
    dark: bool
    name: str
    slides: list[Slide]
    colours: dict[str, str]
    keys: dict[str, str]


def presentation(payload: PresentationPayload, *, key: str) -> None:
    """Draw the button that starts the presentation."""
    _component()(key=key, data=payload)


def presentation_script() -> str:
    """One ES module: the studio's builders and theme, then the screens."""
    return "\n".join([studio_asset("js/dom.js"), studio_asset("js/theme.js"), _asset("presentation.js")])


def presentation_styles() -> str:
    """The studio's tokens and the screens' own styles."""
    return studio_asset("tokens.css") + _asset("presentation.css")


def presentation_markup() -> str:
    """The skeleton that the script fills; holds no words."""
    return _asset("presentation.html")


@cache
def _component() -> Callable[..., Any]:
    return st.components.v2.component(
        "tiering_presentation",
        html=presentation_markup(),
        css=presentation_styles(),
        js=presentation_script(),
        isolate_styles=True,
    )


def _asset(path: str) -> str:
    return files(__name__).joinpath(path).read_text(encoding="utf-8")
