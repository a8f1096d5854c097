"""One customer's card: tier, reasons, distance to the next tiers, sales by month."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from tiering.evaluate import Tiering
from tiering.indicators.matrix import raw_values
from tiering.indicators.shrinkage import shares_of_own
from tiering.said.labels import shown_value
from tiering.said.provisional import tier_texts
from tiering.said.ways import requirement_sentences
from tiering.tiers.explain import Contribution, contributions, score_range
from tiering.tiers.provisional import KINDS, provisional_kinds
from tiering.tiers.score import MILLI, UNSCORED
from tiering.ui.base import frame
from tiering.ui.base.cached import Shown
from tiering.ui.base.drawing import draw
from tiering.ui.base.frame import plain
from tiering.ui.charts.customers import contributions_chart, history_chart
from tiering.ui.pages.customers.decided_card import decided, outlook_lines, tier_note
from tiering.ui.pages.customers.distance import distance
from tiering.ui.pages.customers.next_move import next_move
from tiering.views.sales import monthly_sales
from tiering.words import Words

LONGEST_TITLE = 120


def row_of(tiering: Tiering, customer_id: str | None) -> int | None:
    """Row number of a customer, None when it is not in this data."""
    found = np.flatnonzero(tiering.base.customers["customer_id"].to_numpy() == customer_id)
    return int(found[0]) if found.size else None


def card(shown: Shown, row: int, words: Words) -> None:
    """Draw the card of the customer in ``row``."""
    tiering = shown.tiering
    _headline(shown, row, words)
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.subheader(words("customer.why"), anchor=False)
        _why(shown, row, words)
        decided(shown, row, words)
        next_move(shown, row, words)
    with right:
        if tiering.scores.milli[row] != UNSCORED or not tiering.scenario.drawn_by_score:
            st.subheader(words("customer.distance"), anchor=False)
            _distance(shown, row, words)
        st.subheader(words("customer.history"), anchor=False)
        _history(shown, row, words)


def shorten(text: str, most: int) -> str:
    """At most ``most`` signs of a text, the last one a "…" where it goes on."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _headline(shown: Shown, row: int, words: Words) -> None:
    tiering, customer = shown.tiering, shown.tiering.base.customers.iloc[row]
    name = customer.get("customer_name")
    parts = [customer["customer_id"]] if name is None or pd.isna(name) else [name, customer["customer_id"]]
    title = "  ".join(shorten(str(part), LONGEST_TITLE) for part in parts)
    st.subheader(frame.plain(title), divider="gray", anchor=False)
    milli = int(tiering.scores.milli[row])
    figures = st.columns(4)
    figures[0].metric(
        words("customer.tier"),
        tier_texts(tiering, words, np.array([row]))[0],
        delta=tier_note(shown, row, words),
        delta_color="off",
        delta_arrow="off",
    )
    figures[1].metric(words("customer.score"), "–" if milli == UNSCORED else words.number(milli / MILLI, 1))
    figures[2].metric(
        words("customer.revenue"),
        words.money(tiering.base.revenue[row], shown.dataset.currency),
        help=words.money_exact(tiering.base.revenue[row], shown.dataset.currency),
    )
    figures[3].metric(words("customer.rank"), words("customer.rank_of", n=row + 1, all=len(tiering.tiers)))
    provisional_note(tiering, row, words)


def _why(shown: Shown, row: int, words: Words) -> None:
    tiering = shown.tiering
    parts = contributions(tiering.base.matrix, tiering.scenario.weights, row)
    known = [part for part in parts if part.level is not None]
    missing = [words(f"indicator.{part.indicator.key}.label") for part in parts if part.level is None]
    if not tiering.scenario.drawn_by_score:
        st.caption(words(f"ways.weights_idle.{tiering.scenario.line_kind}"))
    if tiering.scores.milli[row] == UNSCORED:
        coverage = tiering.scores.coverage
        share = words.percent(float(coverage[row]) if coverage is not None else 0.0)
        st.warning(words("customer.unscored", share=share, todo=words("customer.unscored_todo")))
    elif known:
        st.caption(words("customer.why_sum", score=words.number(tiering.scores.milli[row] / MILLI, 1)))
    if known:
        rows = _contribution_rows(shown, known, row, words)
        draw(contributions_chart(rows, words, frame.is_dark()), words, key="why-chart")
    if missing:
        st.caption(words("customer.missing", list=words.listed(missing)))


def _contribution_rows(shown: Shown, parts: list[Contribution], row: int, words: Words) -> pd.DataFrame:
    ordered = sorted(parts, key=lambda part: -part.possible)
    values = [_raw(shown, part, row, words) for part in ordered]
    return pd.DataFrame(
        {
            "label": [words(f"indicator.{part.indicator.key}.label") for part in ordered],
            "value": values,
            "points": [part.points for part in ordered],
            "possible": [part.possible for part in ordered],
            "note": [f"{words.number(part.points, 1)} · {value}" for part, value in zip(ordered, values, strict=True)],
        }
    )


def _raw(shown: Shown, part: Contribution, row: int, words: Words) -> str:
    customers = shown.tiering.base.customers
    value = customers[part.indicator.source].iloc[row]
    if part.indicator.unit == "grade" and isinstance(value, str):
        return value
    number = float(raw_values(customers.iloc[[row]], part.indicator)[0])
    return shown_value(number, part.indicator, words, shown.dataset.currency)


def _distance(shown: Shown, row: int, words: Words) -> None:
    outlook_lines(shown, row, words)
    if shown.tiering.scenario.drawn_by_score:
        distance(shown, row, words)
    else:
        for sentence in requirement_sentences(shown.tiering, row, words):
            st.markdown(frame.plain(sentence))


def _history(shown: Shown, row: int, words: Words) -> None:
    orders, as_of = shown.dataset.orders, shown.tiering.base.as_of
    if orders is None or as_of is None:
        st.caption(words("customer.no_history"))
        return
    monthly = monthly_sales(orders, str(shown.tiering.base.customers["customer_id"].iloc[row]), as_of)
    if monthly.empty:
        st.caption(words("customer.never"))
        return
    draw(history_chart(monthly, words, frame.is_dark()), words, key="history-chart")


NOTICEABLE = 0.05  # points


def provisional_note(tiering: Tiering, row: int, words: Words) -> None:
    """Below the headline of a card: annualised, provisional or too new, and how much of a mean is own data."""
    for sentence in provisional_sentences(tiering, row, words):
        st.caption(plain(sentence))


def provisional_sentences(tiering: Tiering, row: int, words: Words) -> list[str]:
    """Sentences about one customer; none where its history is read as it is."""
    matrix = tiering.base.matrix
    kind = KINDS[provisional_kinds(matrix, tiering.drawn)[row]]
    sentences = []
    if kind and matrix.standing is not None:
        factor = words.number(float(matrix.standing.factor[row]), 1)
        months = tiering.scenario.newcomers.months
        so_far = kind == "provisional" and not matrix.standing.apart[row]
        note = words("standing.note_so_far" if so_far else f"standing.note_{kind}", factor=factor, months=months)
        sentences.append(note)
    return [*sentences, *_own_sentences(tiering, row, words), *_range_sentences(tiering, row, words)]


def _own_sentences(tiering: Tiering, row: int, words: Words) -> list[str]:
    """How much of the means that count is the customer's own, where they are drawn towards that of all."""
    matrix, customer = tiering.base.matrix, tiering.base.customers.iloc[[row]]
    counted = [indicator for indicator in matrix.indicators if tiering.scenario.weights.get(indicator.key)]
    shares = ((i.key, shares_of_own(customer, i, matrix.anchors[i.key])) for i in counted)
    each = [
        words("standing.own_share_one", indicator=words(f"indicator.{key}.label"), share=words.percent(float(share[0])))
        for key, share in shares
        if share is not None
    ]
    return [words("standing.own_share", list=words.listed(each))] if each else []


def _range_sentences(tiering: Tiering, row: int, words: Words) -> list[str]:
    """Between which scores a customer stands of whom not everything is known, and whether that leaves its tier open."""
    matrix, positions = tiering.base.matrix, tiering.positions
    low, high = score_range(matrix, tiering.scenario.weights, row)
    if high - low < NOTICEABLE or not tiering.scenario.drawn_by_score:
        return []
    same = len({sum(score * MILLI < position for position in positions) for score in (low, high)}) == 1
    coverage = words.percent(1 - (high - low) / 100)
    facts = {"coverage": coverage, "low": words.number(low, 1), "high": words.number(high, 1)}
    return [words("standing.range_sure" if same else "standing.range_open", **facts)]
