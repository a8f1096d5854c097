"""Export: papers to take away, the tiered customers as CSV, and the way to the scenario's file."""

from __future__ import annotations

import streamlit as st

from tiering.ui.base import cached, frame, state
from tiering.ui.pages.policy import papers


def page() -> None:
    """Draw the page."""
    words = frame.words()
    frame.header(words("nav.report"))
    shown = cached.shown()
    papers.papers(shown, words)
    papers.customer_downloads(shown, words)
    papers.crm_download(shown, words)
    with st.container(border=True):
        st.page_link(state.address("scenarios"), label=words("export.scenario_there"), icon=":material/arrow_forward:")


if __name__ == "__main__":
    import app

    app.main()
