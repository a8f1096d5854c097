"""One device, one vote: under which secret this browser votes in a room; other rooms never learn it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

import streamlit as st

from tiering.ui.base import state
from tiering.ui.pages import vote

DEVICE = "vote-device"
_KNOWN = re.compile(r"[0-9A-Z]{1,12}-[0-9a-f]{32}")


def device(code: str) -> None:
    """The unseen part of the ballot that brings the secret, one for all tabs of a browser and for this vote alone."""
    _component()(key=DEVICE, data={"code": code, "known": voter(code) is not None}, on_known_change=_on_known)


def voter(code: str) -> str | None:
    """The secret under which this session votes in a room; None until it is known."""
    held = state.choices().voter
    return held if held is not None and held.startswith(f"{code}-") else None


def new_voter(code: str) -> str:
    """A secret for who votes before the browser has brought one, and for each who sits down at the host's machine."""
    return f"{code}-{secrets.token_hex(16)}"


def _on_known() -> None:
    """Take the browser's secret, unless this session has voted already."""
    found = state.widget_value(DEVICE).get("known")
    if isinstance(found, str) and _KNOWN.fullmatch(found) and voter(found.partition("-")[0]) is None:
        state.choose(voter=found)


@cache
def _component() -> Callable[..., Any]:
    script = files(vote).joinpath("device.js").read_text(encoding="utf-8")
    return st.components.v2.component("tiering_device", js=script)
