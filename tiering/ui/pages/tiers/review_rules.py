"""Review rules: what holding tiers near a line would have spared, and whom it holds today."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from tiering.movement.chain import Chain
from tiering.movement.in_force import full_reviews
from tiering.movement.review_rules import LEAST_REVIEWS, Record, ReviewedTiers, held_tiers, record, review_inputs
from tiering.said.colours import tier_colour
from tiering.said.held import held_notes, reviewed_columns
from tiering.scenario.exceptions import AS_DRAWN, Review
from tiering.ui.base import cached_movement, drill_down, frame, past_dates, state
from tiering.ui.base.cached import Shown
from tiering.ui.base.drawing import draw
from tiering.ui.charts.movement import held_chart
from tiering.words import Words

SPANS = {"entry": (0, 15), "exit": (0, 15), "confirm": (1, 4), "stay": (0, 4), "grace": (0, 4)}
MOST_ROWS = 1000
MILLI = 1000
ON = "movement-review-on"


def section(shown: Shown, words: Words) -> None:
    """Draw the sliders, the simulated past, and the customers whose tier is held."""
    dates = past_dates.reviews(shown, "review", words, LEAST_REVIEWS)
    if not dates:
        return
    rules = _sliders(words)
    for note in held_notes(shown.tiering, words):
        st.markdown(note)
    assert shown.tiering.base.as_of is not None, "reviews have a last date"
    dates = full_reviews(shown.dataset, shown.tiering.base.as_of, shown.tiering.scenario.window_months) or dates
    chain = cached_movement.chain_by_score(shown, dates, words)
    held, drawn = (held_tiers(review_inputs(chain, each), each, chain.count) for each in (rules, AS_DRAWN))
    _past(shown, chain, (record(drawn.tiers, chain), record(held.tiers, chain)), words)
    past_dates.warn_of_short_window(shown, dates[0], words)
    if not any(chain.positions):
        st.caption(words("movement.review.no_lines"))
    _today(shown, chain, held, words)


def _sliders(words: Words) -> Review:
    """The rules of the scenario, each on a slider."""
    st.markdown(words("movement.review.intro"))
    state.set_widget(ON, state.choices().scenario.review.on)
    st.toggle(words("movement.review.on"), key=ON, on_change=_taker("on", ON), help=words("movement.review.on_hint"))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        for name, (low, high) in SPANS.items():
            _slider(name, low, high, words)
        st.button(
            words("movement.review.reset"),
            on_click=lambda: state.change_scenario(review=_customary()),
            disabled=state.choices().scenario.review == _customary(),
        )
    return state.choices().scenario.review


def _customary() -> Review:
    """The rules as they come, on or off as they are."""
    return Review(on=state.choices().scenario.review.on)


def _slider(name: str, low: int, high: int, words: Words) -> None:
    key = f"movement-review-{name}"
    state.set_widget(key, min(max(round(getattr(state.choices().scenario.review, name)), low), high))
    st.slider(
        words(f"movement.review.{name}"),
        low,
        high,
        key=key,
        on_change=_taker(name, key),
        help=words(f"movement.review.{name}_hint"),
        width=170,
    )


def _taker(name: str, key: str) -> Callable[[], None]:
    def take() -> None:
        rules = state.choices().scenario.review.model_dump() | {name: state.widget_value(key)}
        state.change_scenario(review=Review.model_validate(rules))

    return take


def _past(shown: Shown, chain: Chain, records: tuple[Record, Record], words: Words) -> None:
    """The simulated past as a sentence and as a table of with and without."""
    without, within = records
    money = [words.money(each.wrong_revenue, shown.dataset.currency) for each in records]
    facts = {
        "n": len(chain.dates),
        "start": chain.dates[0],
        "end": chain.dates[-1],
        "changes": round(within.changes),
        "changes_drawn": round(without.changes),
    }
    st.markdown(frame.plain(words("movement.review.sentence", **facts)))
    st.markdown(frame.plain(words(f"movement.review.{_verdict(without, within)}", held=money[1], drawn=money[0])))
    rows = pd.DataFrame(
        {
            "figure": [words(f"movement.review.{name}") for name in ("changes", "reversed", "wrong", "wrong_money")],
            "drawn": [*_figures(without, words), money[0]],
            "held": [*_figures(within, words), money[1]],
        }
    )
    labels = {name: words(f"movement.review.{name}") for name in map(str, rows)}
    drill_down.table("review-record", rows, labels, None)
    st.caption(words("movement.review.wrong_hint"))


def _verdict(without: Record, within: Record) -> str:
    """Which sentence is true of what the rules did to the past."""
    if within.changes == without.changes and within.wrong_revenue == without.wrong_revenue:
        return "no_difference"
    nearer = within.wrong_revenue <= without.wrong_revenue
    if within.changes < without.changes:
        return "better" if nearer else "price"
    return "nearer" if nearer else "worse"


def _figures(each: Record, words: Words) -> list[str]:
    return [words.number(figure) for figure in (each.changes, each.reversed_changes, each.wrong_customers)]


def _today(shown: Shown, chain: Chain, held: ReviewedTiers, words: Words) -> None:
    """Customers whose tier the rules hold apart from the tier by score today, most revenue first."""
    differs = (held.tiers[-1] != chain.tiers[-1]) & (chain.tiers[-1] < chain.count)
    rows = np.flatnonzero(differs)
    rows = rows[np.argsort(-chain.revenue[-1, rows], kind="stable")]
    st.subheader(words("movement.review.today", n=rows.size), anchor=False)
    if not rows.size:
        st.caption(words("movement.review.nobody"))
        return
    listed = _listed(shown, chain, held, rows, words)
    labels = {name: _label(name, words) for name in map(str, listed) if name != "customer_id"}
    numbers = {"score": st.column_config.NumberColumn(labels["score"], format="%.1f")}
    event: Any = st.dataframe(
        frame.safe_table(listed.head(MOST_ROWS)),
        hide_index=True,
        placeholder="",
        column_order=list(labels),
        column_config={name: st.column_config.Column(label) for name, label in labels.items()}
        | numbers
        | {"revenue_after": st.column_config.NumberColumn(labels["revenue_after"], format="localized")},
        height="content" if len(listed) <= drill_down.FEW_ROWS else drill_down.MOST_HEIGHT,
        on_select="rerun",
        selection_mode="single-row",
        key="movement-held",
    )
    picked = event.selection.rows[0] if event.selection.rows else 0
    _history(
        shown, listed.iloc[min(picked, len(listed) - 1)], (chain, held, int(rows[min(picked, len(listed) - 1)])), words
    )
    drill_down.download(
        "held",
        lambda: _listed(shown, chain, held, np.arange(len(chain.customer_ids)), words),
        {"customer_id": words("field.customer_id.label")} | labels,
        words,
    )


def _history(shown: Shown, row: pd.Series, past: tuple[Chain, ReviewedTiers, int], words: Words) -> None:
    """The picked customer's score from review to review, with the tier drawn and the tier in use."""
    st.caption(words("movement.review.click"))
    st.markdown(f"**{frame.plain(str(row['customer']))}**")
    chain, held, place = past
    names = np.array([*chain.names, ""], dtype=object)
    milli = chain.milli[:, place]
    reviewed = pd.DataFrame(
        {
            "date": [words.day(day) for day in chain.dates],
            "score": np.where(milli >= 0, milli / MILLI, np.nan),
            "drawn": names[chain.tiers[:, place]],
            "held": names[held.tiers[:, place]],
        }
    )
    lines = [line / MILLI for line in chain.positions[-1]]
    hues = shown.tiering.scenario.hues
    tiers = {name: tier_colour(name, at, hues) for at, name in enumerate(chain.names)}
    chart = held_chart(reviewed[milli >= 0], lines, tiers, words, frame.is_dark())
    draw(chart, words)
    if st.button(words("movement.causes.open"), key="movement-open-held"):
        state.choose(customer_id=str(row["customer_id"]), listed=None, goto="customer")
        st.rerun()


def _listed(shown: Shown, chain: Chain, held: ReviewedTiers, rows: np.ndarray, words: Words) -> pd.DataFrame:
    """The named customers, their tiers and the reason, with score and annual revenue."""
    listed = reviewed_columns(chain, held, words).iloc[rows].reset_index(drop=True)
    milli = chain.milli[-1, rows]
    listed.insert(1, "customer", drill_down.names(shown, listed["customer_id"]))
    return listed.assign(
        score=np.where(milli >= 0, milli / MILLI, np.nan), revenue_after=chain.revenue[-1, rows].round()
    )


def _label(name: str, words: Words) -> str:
    if name in ("customer", "revenue_after"):
        return words(f"movement.movers.{name}")
    return words(f"movement.review.{name}")
