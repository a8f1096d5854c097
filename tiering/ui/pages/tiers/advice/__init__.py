"""Advice per tier as cards to read; a click on a recommendation leads to its customers."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any, TypedDict, cast

import streamlit as st

from tiering.ui.base import state
from tiering.ui.studio import studio_asset
from tiering.ui.studio.payload import Colour


class Kpi(TypedDict):
    """A figure of the tier, worded: as it is, and as it should become ('' for no target)."""

    label: str
    baseline: str
    target: str


class Recommendation(TypedDict):
    """What to do, why, and the money at stake, all worded."""

    title: str
    detail: str
    money: str


class TierAdvice(TypedDict):
    """One card, all texts in the reader's language; ``more`` says what was left out, or that there is nothing to do."""

    tier: str
    label: str
    colour: Colour
    headline: str
    service_line: str
    facts: list[str]
    kpi: list[Kpi]
    recommendations: list[Recommendation]
    more: str


class AdvicePayload(TypedDict):
    """The cards, best tier first; ``dark`` None lets the browser see for itself."""

    locale: str
    dark: bool | None
    tiers: list[TierAdvice]


class AdviceChoice(TypedDict):
    """A recommendation that was clicked: the tier's letter and the position in its list."""

    tier: str
    index: int


def advice(payload: AdvicePayload, *, key: str, on_event: Callable[[], None] | None = None) -> AdviceChoice | None:
    """Draw the cards and return the recommendation clicked in this run, or None."""
    taken = _component()(key=key, data=payload, on_event_change=on_event or _nothing)
    return cast("AdviceChoice | None", taken.event)


def advice_choice(key: str) -> AdviceChoice | None:
    """Recommendation whose click called ``on_event``, for use inside the callback."""
    return cast("AdviceChoice | None", state.event(key))


def advice_script() -> str:
    """One ES module: the studio's builders and theme, then the cards."""
    return "\n".join([studio_asset("js/dom.js"), studio_asset("js/theme.js"), _asset("advice.js")])


def advice_styles() -> str:
    """The studio's tokens and the cards' own styles."""
    return studio_asset("tokens.css") + _asset("advice.css")


def advice_markup() -> str:
    """The skeleton that the script fills; holds no words."""
    return _asset("advice.html")


@cache
def _component() -> Callable[..., Any]:
    return st.components.v2.component(
        "tiering_advice", html=advice_markup(), css=advice_styles(), js=advice_script(), isolate_styles=True
    )


def _asset(path: str) -> str:
    return files(__name__).joinpath(path).read_text(encoding="utf-8")


def _nothing() -> None:
    """Stand in for a callback: the component reports an event only where one is registered."""
