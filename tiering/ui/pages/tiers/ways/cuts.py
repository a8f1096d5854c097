"""Lines by score proposed from the data, and lines that move with it kept where they are."""

from __future__ import annotations

import streamlit as st

from tiering.tiers.breaks import natural_breaks
from tiering.ui.base.cached import Shown
from tiering.ui.pages.tiers.ways.choice import change, kept_as_scores
from tiering.ui.pages.tiers.ways.clusters import propose_button
from tiering.words import Words


def score_part(shown: Shown, words: Words) -> None:
    """Proposals for lines by score: where the scores fall apart, or between clusters."""
    with st.container(horizontal=True, gap="small"):
        st.button(
            words("ways.breaks.propose"),
            key="propose-breaks",
            on_click=lambda: change(**kept_as_scores(shown, breaks_of(shown))),
            help=words("ways.breaks.propose_why"),
        )
        propose_button(shown, words)


def breaks_of(shown: Shown) -> tuple[int, ...]:
    """Natural breaks of the scores shown, in thousandths of a point."""
    return natural_breaks(shown.tiering.scores.milli, len(shown.tiering.scenario.tiers))


def keep_button(shown: Shown, words: Words) -> None:
    """Keep the lines where they are, so that next quarter's customers do not move them."""
    st.button(
        words("ways.keep_lines"),
        key="keep-lines",
        on_click=lambda: change(**kept_as_scores(shown, shown.tiering.positions)),
        help=words("ways.keep_lines_why"),
    )


WAYS = {"score": score_part, "share": keep_button, "revenue": keep_button}
