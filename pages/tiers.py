"""Tiers: the live studio, what moved against the baseline, and what to do for each tier."""

from __future__ import annotations

import streamlit as st

from tiering.ui import advice_row, cached, controls, frame, live, regions
from tiering.ui.indicators import panel as indicator_panel
from tiering.ui.people import existing
from tiering.ui.rules import section
from tiering.ui.weights import how_sure, panel


def page() -> None:
    """Draw the page."""
    words = frame.words()
    frame.header(words("nav.tiers"))
    controls.controls()
    live.live()
    details()


@st.fragment(key=regions.DETAILS)
@frame.guarded
def details() -> None:
    """What follows a release: proposed weights, advice for each tier, the movers, and how sure it all is."""
    words = frame.words()
    shown = cached.shown()
    indicator_panel.indicators()
    panel.proposals()
    section.rules()
    st.subheader(words("tiers.advice_title"), anchor=False)
    advice_row.advice_row(shown, words)
    live.movers_table(shown, words)
    existing.existing(shown, words)
    how_sure.how_sure()


if __name__ == "__main__":
    import app

    app.main()
