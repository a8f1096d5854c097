"""Target profile: what the top tiers have in common, and who else looks like them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from tiering.evaluate import tier_names
from tiering.said.colours import tier_colour
from tiering.ui.base import drill_down, frame
from tiering.ui.base import view_choices as choices
from tiering.ui.base.cached import Shown
from tiering.ui.charts.customers import traits_chart
from tiering.ui.pages.customers.dimensions import class_labels, side_label, sides_of
from tiering.views.dimensions import Dimension
from tiering.views.prospects import LEAST_TOP, OUTSIDE, likeness, marks, traits
from tiering.words import Words

MOST_TRAITS = 12
MOST_ALIKE = 200


def section(shown: Shown, words: Words) -> None:
    """Draw the traits of the top tiers and the list of those who look like them."""
    sides = {key: side for key, side in sides_of(shown).items() if key in (*OUTSIDE, "top_category")}
    tiers, names = shown.tiering.tiers, shown.tiering.scenario.tiers
    if not sides:
        st.info(words("segments.profile.needs"))
        return
    tops = list(range(1, len(names)))
    depth = choices.selected("profile_top", tops, words, lambda n: words.listed(list(names[:n])), tops[-1] // 2 + 1)
    is_top = tiers < depth
    found = traits(sides, is_top)
    marked = marks(found)
    if marked.empty:
        st.info(words("segments.profile.nothing", least=LEAST_TOP))
        return
    said = _said(marked.head(MOST_TRAITS), sides, words)
    st.markdown(_sentence(said, words))
    left, right = st.columns([1, 1], gap="large")
    with left:
        colour = tier_colour(names[0], 0, shown.tiering.scenario.hues).on(frame.is_dark())
        drill_down.draw_with_picture("target-profile", traits_chart(said, colour, words, frame.is_dark()), words)
        st.caption(words("segments.profile.hint"))
        drill_down.download("target-profile", said, _trait_labels(words), words)
    with right:
        _alike(shown, sides, marked, is_top, words)


def _said(marked: pd.DataFrame, sides: dict[str, Dimension], words: Words) -> pd.DataFrame:
    labels = {key: class_labels(side, words) for key, side in sides.items()}
    return marked.assign(
        label=[
            words("segments.profile.trait", side=side_label(key, words), name=labels[key][code])
            for key, code in zip(marked["side"], marked["code"], strict=True)
        ],
        note=[
            words("segments.profile.times", times=words.number(lift, 1)) if np.isfinite(lift) else ""
            for lift in marked["lift"]
        ],
    )


def _sentence(said: pd.DataFrame, words: Words) -> str:
    return words("segments.profile.sentence", traits=frame.plain(words.listed(said["label"].head(3).tolist())))


def _trait_labels(words: Words) -> dict[str, str]:
    return {
        "label": words("segments.profile.label"),
        "top_share": words("segments.profile.top_share"),
        "rest_share": words("segments.profile.rest_share"),
        "customers": words("segments.customers"),
    }


def _alike(shown: Shown, sides: dict[str, Dimension], marked: pd.DataFrame, is_top: np.ndarray, words: Words) -> None:
    """Customers outside the top with most of its marks known before buying, most alike first."""
    known = {key: side for key, side in sides.items() if key in OUTSIDE}
    wanted = marked[marked["side"].isin(known)]
    if wanted.empty:
        st.info(words("segments.profile.no_outside"))
        return
    count = likeness(known, wanted)
    rows = np.flatnonzero(~is_top & (count > 0))
    rows = rows[np.argsort(-count[rows], kind="stable")][:MOST_ALIKE]
    customers = shown.tiering.base.customers.iloc[rows]
    listed = pd.DataFrame(
        {
            "customer_id": customers["customer_id"].to_numpy(),
            "name": drill_down.names(shown, customers["customer_id"]).to_numpy(),
            "tier": tier_names(shown.tiering)[rows],
            "alike": count[rows],
            "revenue": shown.tiering.base.revenue[rows],
        }
    )
    labels = {
        "name": words("segments.name"),
        "tier": words("customer.tier"),
        "alike": words("segments.profile.alike", all=int(wanted["side"].nunique())),
        "revenue": words("customer.revenue"),
    }
    labels = drill_down.available_columns(shown, labels)
    st.markdown(words("segments.profile.alike_title", n=len(rows)))
    drill_down.table(
        "alike",
        listed,
        labels,
        lambda row: drill_down.Listing(str(listed["name"].iloc[row]), [str(listed["customer_id"].iloc[row])]),
    )
    drill_down.download("look-alikes", listed, {"customer_id": words("customer.id")} | labels, words)
