"""Charts on a page, with the separators of the language."""

from __future__ import annotations

from typing import Any

import altair as alt
import streamlit as st

from tiering.words import Words


def in_language(chart: alt.TopLevelMixin, words: Words) -> Any:
    """The chart whose axes, texts and hints write numbers as the language does."""
    locale = words.locale
    number = {"decimal": locale.decimal, "thousands": locale.group, "grouping": [3], "currency": ["", ""]}
    return chart.configure(locale={"number": number})


def draw(chart: alt.TopLevelMixin, words: Words, **options: Any) -> Any:
    """Draw a chart over the whole width; ``options`` as `st.altair_chart` has them. Answers what was selected."""
    return st.altair_chart(in_language(chart, words), width="stretch", **options)
