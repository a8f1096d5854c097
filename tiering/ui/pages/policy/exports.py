"""Downloads of the tiered customers, made when asked for."""

from __future__ import annotations

from datetime import date

import streamlit as st

from tiering.report import Handout, customers_csv_for_people
from tiering.said.colours import tier_colour
from tiering.ui.base import state
from tiering.ui.base.cached import Shown
from tiering.ui.pages.compare.scenario_file import file_stem
from tiering.words import Words


def customer_downloads(shown: Shown, words: Words) -> None:
    """Workbook and CSV of exactly what the pages show."""
    st.subheader(words("export.customers"), anchor=False)
    st.caption(words("export.customers_hint", language=words(f"language.{words.language}")))
    as_of, number = shown.tiering.base.as_of, len(shown.tiering.tiers)
    if as_of is None:
        st.markdown(words("export.summary_undated", n=number))
    else:
        st.markdown(words("export.summary", n=number, as_of=as_of))
    stem = f"{file_stem(shown.tiering.scenario)}-customers"
    with st.container(horizontal=True):
        st.download_button(
            words("export.csv"),
            lambda: customers_csv_for_people(shown.tiering, shown.dataset, words),
            file_name=f"{stem}.csv",
            mime="text/csv",
            on_click="ignore",
        )


def handout(shown: Shown, words: Words) -> Handout:
    """What the workbook is made from: the tiers, the baseline where it has the same tiers, the tier colours."""
    names, hues = shown.tiering.scenario.tiers, shown.tiering.scenario.hues
    comparable = names == shown.baseline.scenario.tiers and shown.baseline.scenario != shown.tiering.scenario
    return Handout(
        shown.tiering,
        shown.dataset,
        words,
        baseline=shown.baseline if comparable else None,
        colours=tuple(tier_colour(name, position, hues).light for position, name in enumerate(names)),
        log=state.choices().log,
        today=date.today(),
    )
