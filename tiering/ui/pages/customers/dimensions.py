"""The sides customers can be sorted by, with the labels people read."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from tiering.ui.base import cached, cached_views
from tiering.ui.base.cached import Shown
from tiering.ui.pages.customers import lifecycle, rfm
from tiering.views.dimensions import OTHER, Dimension, base_dimensions, tier_dimension
from tiering.views.lifecycle import STAGES
from tiering.views.rfm import FOUR, four_groups, quantile_limits
from tiering.words import Words


def sides_of(shown: Shown) -> dict[str, Dimension]:
    """All sides by key, lifecycle and RFM groups included where the data tells them."""
    return {"tier": tier_dimension(shown.tiering)} | _sides(shown.base_key, _shown=shown)


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def _sides(base: cached_views.BaseKey, _shown: Shown) -> dict[str, Dimension]:
    shown, customers = _shown, _shown.tiering.base.customers
    found = base_dimensions(shown.tiering.base)
    if "first_order" in customers and shown.tiering.base.as_of is not None:
        found["lifecycle"] = Dimension("lifecycle", lifecycle.stages_of(shown), STAGES, is_worded=True)
    if {"recency_days", *rfm.COLUMNS["window"]} <= set(customers):
        figures = rfm.figures_of(customers, "window")
        codes = four_groups(figures, quantile_limits(figures, 2), cached.evidence(shown).column("tail"))
        found["rfm"] = Dimension("rfm", codes, FOUR, is_worded=True)
    return found


def side_label(key: str, words: Words) -> str:
    """What a side is called."""
    return words(f"segments.side.{key}")


def class_labels(dimension: Dimension, words: Words) -> list[str]:
    """What its classes are called."""
    if dimension.key == "lifecycle":
        return [words(f"segments.lifecycle.stage.{stage}") for stage in dimension.classes]
    if dimension.key == "rfm":
        return [words(f"segments.rfm.group.{group}") for group in dimension.classes]
    if dimension.is_worded:
        return [words(f"segments.class.{name}") for name in dimension.classes]
    return [words("segments.class.other") if name == OTHER else name for name in dimension.classes]


def labelled(codes: pd.Series, dimension: Dimension, words: Words) -> list[str]:
    """Label of each code."""
    labels = class_labels(dimension, words)
    return [labels[code] for code in codes]
