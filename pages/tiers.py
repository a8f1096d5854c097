"""Tiers: the live studio, what moved against the baseline, and what to do for each tier."""

from __future__ import annotations

import streamlit as st

from tiering.ui.base import cached, frame, regions
from tiering.ui.pages.tiers import advice_row, controls, existing, live
from tiering.ui.pages.tiers.rules import section
from tiering.ui.pages.tiers.weights import robustness


def page() -> None:
    """Draw the page."""
    words = frame.words()
    frame.header(words("nav.tiers"))
    controls.controls()
    live.live()
    details()
    controls.dock()


@st.fragment(key=regions.DETAILS)
@frame.guarded
def details() -> None:
    """What follows a release: the rules in force, advice for each tier, the movers, and how sure it all is."""
    words = frame.words()
    shown = cached.shown()
    section.in_force(shown, words)
    st.subheader(words("tiers.advice_title"), anchor=False)
    advice_row.advice_row(shown, words)
    live.movers_table(shown, words)
    existing.existing(shown, words)
    robustness.how_sure()


if __name__ == "__main__":
    import app

    app.main()
