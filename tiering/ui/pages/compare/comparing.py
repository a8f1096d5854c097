"""Two schemes side by side: who moves along which path, what moves with them, and the decision."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from tiering.decision.comparison import Comparison, paths
from tiering.said.tables import knows_revenue
from tiering.strategy.resources.services import hours_by_tier
from tiering.ui.base import cached_views, frame, state
from tiering.ui.base.cached import Shown
from tiering.ui.base.cached_views import comparison_of
from tiering.ui.base.drawing import draw
from tiering.ui.base.remembered import Remembered
from tiering.ui.charts.compare import paths_chart
from tiering.ui.pages.compare import library, schemes
from tiering.words import Words

REASON = "scenarios-reason"
MOST_PATHS = 14
MOST_LISTED = 500


def comparing(shown: Shown, words: Words) -> None:
    """Choose two, see what the second changes against the first, accept or discard it."""
    st.subheader(words("scenarios.compare.title"), anchor=False)
    offered = schemes.schemes(shown, words)
    first, second = _pair(offered, words)
    if first.key == second.key:
        st.info(words("scenarios.compare.same_one"))
        return
    comparison = comparison_of(shown, first.scenario, second.scenario)
    hours = [hours_by_tier(scheme.scenario) for scheme in (first, second)]
    by_path = paths(comparison, *hours)
    st.markdown(headline(shown, comparison, by_path, words))
    moved = by_path[by_path["moved"]].reset_index(drop=True)
    if len(moved):
        _shown_paths(shown, comparison, moved, words)
    _decide(first, second, int(comparison.moved.sum()), words)


def headline(shown: Shown, comparison: Comparison, by_path: pd.DataFrame, words: Words) -> str:
    """How many change tier, up and down, and the revenue, margin and hours that go with them."""
    moved = by_path[by_path["moved"]]
    if moved.empty:
        return words("scenarios.compare.nobody")
    currency = shown.dataset.currency
    up, down = (int((comparison.directions == way).sum()) for way in (1, -1))
    n = int(comparison.moved.sum())
    said = words("scenarios.compare.moved" if comparison.same_ladder else "scenarios.compare.other_ladder", n=n)
    ways = [words("scenarios.compare.ways", up=up, down=down)] if comparison.same_ladder else []
    facts = []
    if knows_revenue(shown.tiering):
        facts.append(words("scenarios.compare.revenue", money=words.money(float(moved["revenue"].sum()), currency)))
    if "margin" in moved:
        facts.append(words("scenarios.compare.margin", money=words.money(float(moved["margin"].sum()), currency)))
    facts.append(words("scenarios.compare.hours", hours=_signed(float(by_path["hours"].sum()), words)))
    return frame.plain(words.sentences([f"{said}", *ways, *facts]))


def path_rows(shown: Shown, moved: pd.DataFrame, words: Words) -> pd.DataFrame:
    """One row per path for the chart and the table: label, note, figures.

    ``length`` of a bar is the revenue without its sign, so that a customer of returns alone is seen as well; customers
    where the data tells no revenue.
    """
    known, unscored = knows_revenue(shown.tiering), words("tier.unscored")
    labels = [
        f"{before or unscored} → {after or unscored}"
        for before, after in zip(moved["before"], moved["after"], strict=True)
    ]
    notes = [
        " · ".join(
            (
                words("scenarios.compare.customers", n=int(n)),
                *([words.money(float(money), shown.dataset.currency)] if known else []),
                words("scenarios.compare.hours_short", hours=_signed(float(hours), words)),
            )
        )
        for n, money, hours in zip(moved["customers"], moved["revenue"], moved["hours"], strict=True)
    ]
    return moved.assign(label=labels, note=notes, length=moved["revenue"].abs() if known else moved["customers"])


def _pair(offered: dict[str, schemes.Scheme], words: Words) -> tuple[schemes.Scheme, schemes.Scheme]:
    keys = list(offered)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        first = one("first", keys, words("scenarios.first"), lambda key: offered[key].label, schemes.BASELINE)
        second = one("second", keys, words("scenarios.second"), lambda key: offered[key].label, schemes.PRESENT)
    return offered[first], offered[second]


def _shown_paths(shown: Shown, comparison: Comparison, moved: pd.DataFrame, words: Words) -> None:
    rows = path_rows(shown, moved, words)
    draw(paths_chart(rows.head(MOST_PATHS), frame.is_dark()), words)
    bars = "revenue" if knows_revenue(shown.tiering) else "customers"
    st.caption(words(f"scenarios.compare.bars_{bars}") + words("scenarios.compare.hours_hint"))
    with st.expander(words("scenarios.compare.table")):
        path_table(shown, rows, words)
    with st.expander(words("scenarios.compare.who", n=int(comparison.moved.sum()))):
        movers_table(shown, comparison, words)


def _decide(first: schemes.Scheme, second: schemes.Scheme, n: int, words: Words) -> None:
    st.caption(words(f"scenarios.decide.{'present' if second.key == schemes.PRESENT else 'other'}_hint"))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input(words("scenarios.decide.reason"), key=REASON, max_chars=2000, width=420)
        st.button(words("scenarios.decide.accept"), type="primary", on_click=_accept, args=(second, n))
        can_go = second.key != schemes.BASELINE
        st.button(words("scenarios.decide.discard"), on_click=_discard, args=(first, second, n), disabled=not can_go)


def _accept(second: schemes.Scheme, n: int) -> None:
    """The second scheme becomes the present one and the baseline of all that follows."""
    _log("accepted", second, n)
    state.set_scenario(second.scenario)
    state.pin_baseline()


def _discard(first: schemes.Scheme, second: schemes.Scheme, n: int) -> None:
    """The second scheme goes: a saved one is deleted, instead of the present one the first is shown."""
    _log("discarded", second, n)
    if second.key == schemes.PRESENT:
        state.set_scenario(first.scenario)
    else:
        schemes.drop(second.scenario.name)


def _log(verdict: library.Verdict, scheme: schemes.Scheme, n: int) -> None:
    library.record(
        verdict, scheme.scenario.name or scheme.label, str(state.widget_value(REASON) or "").strip(), moved=n
    )
    state.set_widget(REASON, "")


def _signed(hours: float, words: Words) -> str:
    return ("+" if hours >= 0.5 else "") + words.number(hours)


def _text(name: str, part: str) -> str:
    return f"scenarios.{name}.{part}"


_CONTROLS = Remembered("scenarios", _text)
pick = _CONTROLS.keep


def part(name: str, options: Sequence[str], words: Words) -> str:
    """One of a few parts, side by side; worded ``scenarios.<name>.<option>``."""
    return _CONTROLS.picked(name, options, words, bare=True)


def one(name: str, options: Sequence[str], label: str, shown_as: Callable[[str], str], default: str) -> str:
    """One of many options in a list."""
    return _CONTROLS.selected(name, options, label, shown_as, default)


def path_table(shown: Shown, rows: pd.DataFrame, words: Words) -> None:
    """One row per path with all its figures."""
    money = st.column_config.NumberColumn
    columns: dict[str, Any] = {
        "label": st.column_config.TextColumn(words("scenarios.column.path")),
        "customers": st.column_config.NumberColumn(words("segments.customers"), format="localized"),
        "revenue": money(words("movers.revenue"), format="localized", step=1),
        **({"margin": money(words("scenarios.column.margin"), format="localized", step=1)} if "margin" in rows else {}),
        "hours": st.column_config.NumberColumn(words("scenarios.column.hours"), format="%+.0f"),
    }
    if not knows_revenue(shown.tiering):
        del columns["revenue"]
    st.dataframe(frame.safe_table(rows[list(columns)]), hide_index=True, column_config=columns)


def movers_table(shown: Shown, comparison: Comparison, words: Words) -> None:
    """The customers that change tier, biggest revenue first."""
    n = int(comparison.moved.sum())
    if n > MOST_LISTED:
        st.caption(words("tiers.movers_hidden", shown=MOST_LISTED))
    columns: dict[str, Any] = {
        "customer": st.column_config.TextColumn(words("movers.customer")),
        "before": st.column_config.TextColumn(words("movers.before"), width="small"),
        "after": st.column_config.TextColumn(words("movers.after"), width="small"),
        "revenue": st.column_config.NumberColumn(words("movers.revenue"), format="accounting"),
        "score": st.column_config.NumberColumn(words("movers.score"), format="%.1f"),
        "change": st.column_config.NumberColumn(words("movers.change"), format="%+.1f"),
    }
    if not knows_revenue(shown.tiering):
        del columns["revenue"]
    listed = movers_frame(shown, comparison, words)[list(columns)]
    st.dataframe(frame.safe_table(listed), hide_index=True, column_config=columns)


def movers_frame(shown: Shown, comparison: Comparison, words: Words) -> pd.DataFrame:
    """One row for each of the biggest movers: name, tier before and after, revenue, score and its change."""
    moved = comparison.customers[comparison.moved]
    moved = moved.sort_values("revenue", ascending=False, kind="stable").head(MOST_LISTED)
    ids = moved["customer_id"]
    names = ids.map(cached_views.names_by_id(shown))
    before, after = (moved[f"milli_{side}"].to_numpy() for side in ("before", "after"))
    score = np.where(after >= 0, after / 1000, np.nan)
    return pd.DataFrame(
        {
            "customer": names.where(names.notna(), ids),
            "before": moved["before"].replace("", words("tier.unscored")),
            "after": moved["after"].replace("", words("tier.unscored")),
            "revenue": moved["revenue"],
            "score": score,
            "change": np.where(before >= 0, score - before / 1000, np.nan),
        }
    )
