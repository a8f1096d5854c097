"""Natural breaks: how much of the differences between scores lies between the tiers, and keeping the lines."""

from __future__ import annotations

import numpy as np
import streamlit as st

from tiering.tiers.breaks import scatter
from tiering.ui.base.cached import Shown
from tiering.ui.pages.tiers.ways.choice import change, kept_as_scores
from tiering.ui.pages.tiers.ways.clusters import propose_button
from tiering.words import Words


def part(shown: Shown, words: Words) -> None:
    """One sentence, the button that keeps the lines, and clusters as another proposal."""
    st.markdown(words("ways.breaks.fit", share=words.percent(explained(shown))))
    with st.container(horizontal=True, gap="small"):
        keep_button(shown, words)
        propose_button(shown, words)


def explained(shown: Shown) -> float:
    """Share of the squared differences between scores that lies between the tiers, 0..1; 1 where all are equal."""
    milli, tiers = shown.tiering.scores.milli, shown.tiering.base_tiers
    everything = scatter(milli, np.zeros_like(tiers))
    return 1 - scatter(milli, tiers) / everything if everything > 0 else 1.0


def keep_button(shown: Shown, words: Words) -> None:
    """Keep the lines where they are, so that next quarter's customers do not move them."""
    st.button(
        words("ways.keep_lines"),
        key="keep-lines",
        on_click=lambda: change(**kept_as_scores(shown, shown.tiering.positions)),
        help=words("ways.keep_lines_why"),
    )
