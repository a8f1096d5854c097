"""The live studio: weights, cut lines, cards and curves in one component, drawn and dragged in the browser."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any, cast

import streamlit as st

from tiering.ui.base import state
from tiering.ui.studio.payload import StudioEvent, StudioPayload, studio_words

__all__ = [
    "StudioEvent",
    "StudioPayload",
    "studio",
    "studio_asset",
    "studio_event",
    "studio_markup",
    "studio_script",
    "studio_styles",
    "studio_words",
]

SCRIPTS = (
    "dom",
    "theme",
    "format",
    "scales",
    "labels",
    "link",
    "sliders",
    "cards",
    "histogram",
    "cutlines",
    "pareto",
    "side",
    "studio",
)
STYLES = ("tokens", "weights", "centre", "side", "layout")


def studio(payload: StudioPayload, *, key: str, on_event: Callable[[], None] | None = None) -> StudioEvent | None:
    """Draw the studio and return the event of this run, or None.

    ``on_event`` is called before the run's body; there `studio_event` gives the event. It may rerun fragments by key.
    """
    taken = _component()(key=key, data=payload, on_event_change=on_event or _nothing)
    return cast("StudioEvent | None", taken.event)


def studio_event(key: str) -> StudioEvent | None:
    """Event that called ``on_event``, for use inside the callback."""
    return cast("StudioEvent | None", state.event(key))


def studio_script() -> str:
    """One ES module of all scripts, in the order they build on each other."""
    return "\n".join(studio_asset(f"js/{name}.js") for name in SCRIPTS)


def studio_styles() -> str:
    """All style sheets as one text."""
    return "\n".join(studio_asset(f"{name}.css") for name in STYLES)


def studio_markup() -> str:
    """The skeleton that the script fills; holds no words."""
    return studio_asset("studio.html")


@cache
def _component() -> Callable[..., Any]:
    return st.components.v2.component(
        "tiering_studio", html=studio_markup(), css=studio_styles(), js=studio_script(), isolate_styles=True
    )


def studio_asset(path: str) -> str:
    """Text of one of the studio's files."""
    return files(__name__).joinpath(path).read_text(encoding="utf-8")


def _nothing() -> None:
    """Stand in for a callback: the component reports an event only where one is registered."""
