"""Scenarios: schemes kept and compared, sent as file or link, decided on together."""

from __future__ import annotations

import streamlit as st

from tiering.ui.base import cached, frame, notice
from tiering.ui.base.cached import Shown
from tiering.ui.pages.compare import comparing, library, scenario_file, voting, workshop
from tiering.ui.pages.compare import comparing as picking
from tiering.words import Words


def page() -> None:
    """Draw the page: the part that was picked, nothing of the others."""
    words = frame.words()
    frame.header(words("nav.scenarios"))
    scenario_file.opened_link()
    shown = cached.shown()
    part = picking.part("part", list(PARTS), words)
    notice.turned_to("part", part)
    scenario_file.opened_link_notice(words)
    PARTS[part](shown, words)


def schemes(shown: Shown, words: Words) -> None:
    """The schemes kept, and two of them compared."""
    library.library(shown, words)
    comparing.comparing(shown, words)


def shared(shown: Shown, words: Words) -> None:
    """As a file, and as a link."""
    scenario_file.save(shown, words)
    st.caption(words("scenarios.file_holds"))
    scenario_file.load(words)
    scenario_file.link(shown, words)


def decided(shown: Shown, words: Words) -> None:
    """What was decided so far."""
    library.decisions(words)


PARTS = {"schemes": schemes, "workshop": workshop.workshop, "vote": voting.voting, "shared": shared, "decided": decided}

if __name__ == "__main__":
    import app

    app.main()
