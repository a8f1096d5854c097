"""Resources: load against capacity, the best use of the hours, the budget, and profit and loss of each tier."""

from __future__ import annotations

import streamlit as st

from tiering.ui.base import strategy_choices as choices
from tiering.ui.base.cached import Shown
from tiering.ui.pages.team import allocation, assumptions, budget, load, profit
from tiering.words import Words

PARTS = {"load": load.section, "allocation": allocation.section, "budget": budget.section, "profit": profit.section}


def section(shown: Shown, words: Words) -> None:
    """Draw the part that was picked, and below it what it assumes."""
    PARTS[choices.picked("part", list(PARTS), words, bare=True)](shown, words)
    with st.expander(words("resources.assumptions.title"), icon=":material/tune:"):
        assumptions.controls(shown, words)
