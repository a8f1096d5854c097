"""The tuning surface on the page *tiers*: the studio, its events, and the details that follow a release."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from tiering.evaluate import scores_in_points
from tiering.metrics import history_months
from tiering.scenario import Cuts, Scenario
from tiering.tiers.movers import movers
from tiering.ui import cached, frame, regions, state
from tiering.ui.cached import Shown
from tiering.ui.studio import StudioEvent, studio, studio_event
from tiering.ui.studio_payload import customer_label, studio_names, studio_payload
from tiering.words import Words

STUDIO = "studio"
MOST_MOVERS = 500


@st.fragment(key=regions.LIVE)
@frame.guarded
def live() -> None:
    """The studio; its own events rerun only this fragment, a release the details as well."""
    words = frame.words()
    shown = cached.shown()
    if not any(shown.tiering.scenario.weights.get(key) for key in shown.tiering.base.matrix.keys):
        st.warning(words("tiers.weights_zero"))
    payload = studio_payload(shown.tiering, shown.baseline, cached.pareto(shown), words, shown.dataset.currency)
    payload["seq"] = state.choices().seq
    payload["notes"] = _notes(shown, words)
    payload["names"] = studio_names(shown.tiering) if state.choices().before_drag is None else None
    studio(payload, key=STUDIO, on_event=_on_event)


def _notes(shown: Shown, words: Words) -> list[str]:
    """Why growth is missing, where it is: the orders do not reach back far enough."""
    orders, as_of = shown.dataset.orders, shown.tiering.base.as_of
    if orders is None or as_of is None or "growth" not in shown.tiering.base.matrix.unavailable:
        return []
    return [words("tiers.history_short", n=history_months(orders, as_of))]


def _on_event() -> None:
    event = studio_event(STUDIO)
    if event is None:
        return
    state.choose(seq=event.get("seq", 0))
    if event["kind"] == "pick_customer":
        state.choose(customer_id=event["id"], goto="customer")
        st.rerun("app")
    if event["kind"] == "show_movers":
        state.choose(movers_open=True)
    else:
        take(event)
    if event.get("released", True):
        regions.follow_release()


def take(event: StudioEvent) -> None:
    """Put what was dragged into the scenario; a release is one step of undo."""
    scenario = moved(state.choices().scenario, event)
    if event.get("released", True):
        state.set_scenario(scenario)
    else:
        state.drag_scenario(scenario)


def moved(scenario: Scenario, event: StudioEvent) -> Scenario:
    """The scenario with the event's weights or cut lines; weights that differ from the goal's make it an own goal."""
    fields = scenario.model_dump()
    if event["kind"] == "weights":
        fields["weights"] = {**scenario.weights, **event["weights"]}
        if fields["weights"] != scenario.weights:
            fields["goal"] = "own"
    elif scenario.cuts is not None:
        fields["cuts"] = Cuts(kind=scenario.cuts.kind, lines=tuple(event["lines"])).model_dump()
    return Scenario.model_validate(fields)


def movers_table(shown: Shown, words: Words) -> None:
    """Everybody who stands in another tier than in the baseline, biggest revenue first."""
    if shown.tiering.scenario.tiers != shown.baseline.scenario.tiers:
        return
    moves = movers_frame(shown, words)
    title = words("tiers.movers_title", n=len(moves))
    if moves.empty:
        st.caption(words("tiers.movers_none"))
        return
    with st.expander(title):
        _list_movers(moves, words, "movers-table")
    if state.choices().movers_open:
        # in front of the studio: the list itself lies far below what was clicked
        state.choose(movers_open=False)
        st.dialog(title, width="large")(_list_movers)(moves, words, "movers-in-front")


def _list_movers(moves: pd.DataFrame, words: Words, key: str) -> None:
    if len(moves) > MOST_MOVERS:
        st.caption(words("tiers.movers_hidden", shown=MOST_MOVERS))
    st.dataframe(frame.safe_table(moves.head(MOST_MOVERS)), hide_index=True, column_config=_columns(words), key=key)


def movers_frame(shown: Shown, words: Words) -> pd.DataFrame:
    """One row per mover: customer, baseline tier, tier now, annual revenue, score and its change."""
    tiering, baseline = shown.tiering, shown.baseline
    moved_now = movers(baseline.tiers, tiering.tiers, tiering.base.revenue)
    names = np.array([*tiering.scenario.tiers, words("tier.unscored")], dtype=object)
    score = scores_in_points(tiering)[moved_now.rows]
    up = moved_now.after < moved_now.before
    return pd.DataFrame(
        {
            "customer": [customer_label(tiering.base.customers, int(row)) for row in moved_now.rows[: MOST_MOVERS + 1]]
            + [""] * max(0, len(moved_now.rows) - MOST_MOVERS - 1),
            "direction": np.where(up, words("movers.up"), words("movers.down")),
            "before": names[moved_now.before],
            "after": names[moved_now.after],
            "revenue": tiering.base.revenue[moved_now.rows],
            "score": score,
            "change": score - scores_in_points(baseline)[moved_now.rows],
        }
    )


def _columns(words: Words) -> dict[str, Any]:
    return {
        "customer": st.column_config.TextColumn(words("movers.customer")),
        "direction": st.column_config.TextColumn(words("movers.direction"), width="small"),
        "before": st.column_config.TextColumn(words("movers.before"), width="small"),
        "after": st.column_config.TextColumn(words("movers.after"), width="small"),
        "revenue": st.column_config.NumberColumn(words("movers.revenue"), format="accounting"),
        "score": st.column_config.NumberColumn(words("movers.score"), format="%.1f"),
        "change": st.column_config.NumberColumn(words("movers.change"), format="%+.1f"),
    }
