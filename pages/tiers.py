"""Tiers: the live studio, what moved against the baseline, and what to do for each tier."""

from __future__ import annotations

import streamlit as st

from tiering.ui import advice_row, cached, controls, frame, live, regions
from tiering.ui.weights import how_sure


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
    """What follows a release: advice for each tier, the list of movers, and how sure the tiers are."""
    words = frame.words()
    shown = cached.shown()
    st.subheader(words("tiers.advice_title"), anchor=False)
    advice_row.advice_row(shown, words)
    live.movers_table(shown, words)
    how_sure.how_sure()


if __name__ == "__main__":
    import app

    app.main()
