"""The tuning surface on the page *tiers*: the studio, its events, and the details that follow a release."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from tiering.evaluate import Tiering, default_as_of, scores_in_points
from tiering.metrics import history_months
from tiering.said.held import held_notes
from tiering.said.labels import customer_labels
from tiering.said.provisional import provisional_notes, tier_texts
from tiering.said.revenue_outliers import outlier_notes
from tiering.said.scheme_notes import old_data_notes, unused_weights
from tiering.scenario import Cuts, Scenario
from tiering.tiers.totals import Movers, movers
from tiering.ui.base import cached, frame, regions, state
from tiering.ui.base.cached import Shown
from tiering.ui.pages.tiers.weights.from_data import weight_notes
from tiering.ui.studio import StudioEvent, studio, studio_event
from tiering.ui.studio.shown import studio_names, studio_payload
from tiering.views.existing_tier import existing_baseline, movers_from_existing
from tiering.words import Words

STUDIO = "studio"
MOST_MOVERS = 500
MOST_WARNINGS = 2


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
    """Whom rules put elsewhere; why growth is missing, where it is: the orders do not reach back far enough."""
    orders, as_of = shown.dataset.orders, shown.tiering.base.as_of
    notes = [
        *_old_data(shown, words),
        *outlier_notes(shown.tiering, words, shown.dataset.currency),
        *adjustment_notes(shown.tiering, words),
        *way_notes(shown.tiering, words),
        *goal_notes(shown.tiering, words),
        *provisional_notes(shown.tiering, words),
        *weight_notes(shown, shown.tiering.scenario.weights, words)[:MOST_WARNINGS],
    ]
    if orders is None or as_of is None or "growth" not in shown.tiering.base.matrix.unavailable:
        return notes
    return [*notes, words("tiers.history_short", n=history_months(orders, as_of))]


def _old_data(shown: Shown, words: Words) -> list[str]:
    """That one's own data end long ago; a sample is of its day."""
    own = state.choices().dataset is not None
    return old_data_notes(default_as_of(shown.dataset), date.today(), words) if own else []


def adjustment_notes(tiering: Tiering, words: Words) -> list[str]:
    """How many customers are not in the tier that the lines give them; nothing where all are."""
    elsewhere = int((tiering.by_score != tiering.base_tiers).sum())
    return [*held_notes(tiering, words), *([words("studio_note.settled", n=elsewhere)] if elsewhere else [])]


def goal_notes(tiering: Tiering, words: Words) -> list[str]:
    """Why a goal weighs as it does, and which of the weights, also of own ones, the data lacks an indicator for."""
    goal = tiering.scenario.goal
    reason = [] if goal == "own" else [words(f"goal.reason.{goal}")]
    return [*reason, *unused_weights(tiering, words)]


def way_notes(tiering: Tiering, words: Words) -> list[str]:
    """That weights only move the score, where the tiers are not drawn by it."""
    return [] if tiering.scenario.drawn_by_score else [words(f"ways.weights_idle.{tiering.scenario.line_kind}")]


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
    """The scenario with the event's weights or cut lines; weights that differ from the goal's make it an own goal.

    Lines found in another way that are dragged become lines by score.
    """
    fields = scenario.model_dump()
    if event["kind"] == "weights":
        fields["weights"] = {**scenario.weights, **event["weights"]}
        if fields["weights"] != scenario.weights:
            fields["goal"] = "own"
    elif scenario.way is not None:
        lines = tuple(min(round(line, 1), 100.0) for line in event["lines"])
        fields.update(way=None, cuts=Cuts(kind="score", lines=lines).model_dump())
    elif scenario.cuts is not None:
        fields["cuts"] = Cuts(kind=scenario.cuts.kind, lines=tuple(event["lines"])).model_dump()
    return Scenario.model_validate(fields)


def movers_table(shown: Shown, words: Words) -> None:
    """Everybody who stands in another tier than in the baseline or the file, biggest revenue first."""
    in_file = existing_baseline(shown.tiering)
    if in_file is not None:
        moves, said = movers_from_existing(in_file, shown.tiering), "existing"
        st.caption(words("existing.ghost"))
    elif shown.tiering.scenario.tiers == shown.baseline.scenario.tiers:
        moves, said = movers(shown.baseline.tiers, shown.tiering.tiers, shown.tiering.base.revenue), "tiers"
    else:
        return
    title = words(f"{said}.movers_title", n=moves.rows.size)
    if not moves.rows.size:
        st.caption(words(f"{said}.movers_none"))
        return
    listed = movers_frame(shown, moves, words)
    if in_file is not None:
        listed = listed.drop(columns="change")  # a file has tiers, no scores
    capped = moves.rows.size > MOST_MOVERS
    with st.expander(title):
        _list_movers(listed, capped, words, "movers-table")
    if state.choices().movers_open:
        # in front of the studio: the list itself lies far below what was clicked
        state.choose(movers_open=False)
        st.dialog(title, width="large")(_list_movers)(listed, capped, words, "movers-in-front")


def _list_movers(listed: pd.DataFrame, capped: bool, words: Words, key: str) -> None:
    if capped:
        st.caption(words("tiers.movers_hidden", shown=MOST_MOVERS))
    st.dataframe(frame.safe_table(listed), hide_index=True, column_config=_columns(words), key=key)


def movers_frame(shown: Shown, moves: Movers, words: Words) -> pd.DataFrame:
    """One row for each of the biggest movers: customer, tier before and now, annual revenue, score and its change."""
    tiering, baseline = shown.tiering, shown.baseline
    rows, before, after = moves.rows[:MOST_MOVERS], moves.before[:MOST_MOVERS], moves.after[:MOST_MOVERS]
    names = np.array([*tiering.scenario.tiers, words("tier.unscored")], dtype=object)
    score = scores_in_points(tiering)[rows]
    return pd.DataFrame(
        {
            "customer": customer_labels(tiering.base.customers.iloc[rows]),
            "direction": np.where(after < before, words("movers.up"), words("movers.down")),
            "before": names[before],
            "after": tier_texts(tiering, words, rows),
            "revenue": tiering.base.revenue[rows],
            "score": score,
            "change": score - scores_in_points(baseline)[rows],
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
