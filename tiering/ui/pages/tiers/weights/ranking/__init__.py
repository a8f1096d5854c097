"""A list dragged into order, with the pointer or with arrow keys; what is not in it waits below."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any, TypedDict, cast

import streamlit as st

from tiering.ui.base import state
from tiering.ui.studio import studio_asset


class Entry(TypedDict):
    """One thing to rank; ``note`` is a short text behind its name."""

    key: str
    label: str
    note: str


class RankingPayload(TypedDict):
    """What the list shows: ``ranked`` most important first, ``left`` what is not ranked, ``words`` by part."""

    locale: str
    dark: bool | None
    ranked: list[Entry]
    left: list[Entry]
    words: dict[str, str]


class RankingEvent(TypedDict):
    """The keys in their new order."""

    order: list[str]


def ranking(payload: RankingPayload, *, key: str, on_event: Callable[[], None] | None = None) -> RankingEvent | None:
    """Draw the list and return the order of this run, or None where nothing was moved."""
    taken = _component()(key=key, data=payload, on_event_change=on_event or _nothing)
    return cast("RankingEvent | None", taken.event)


def ranking_event(key: str) -> RankingEvent | None:
    """Order that called ``on_event``, for use inside the callback."""
    return cast("RankingEvent | None", state.event(key))


def ranking_script() -> str:
    """One ES module: the studio's builders and theme, then the list."""
    return "\n".join([studio_asset("js/dom.js"), studio_asset("js/theme.js"), _asset("ranking.js")])


def ranking_styles() -> str:
    """The studio's tokens and the list's own styles."""
    return studio_asset("tokens.css") + _asset("ranking.css")


def ranking_markup() -> str:
    """The skeleton that the script fills; holds no words."""
    return _asset("ranking.html")


@cache
def _component() -> Callable[..., Any]:
    return st.components.v2.component(
        "tiering_ranking", html=ranking_markup(), css=ranking_styles(), js=ranking_script(), isolate_styles=True
    )


def _asset(path: str) -> str:
    return files(__name__).joinpath(path).read_text(encoding="utf-8")


def _nothing() -> None:
    """Stand in for a callback: the component reports an event only where one is registered."""
