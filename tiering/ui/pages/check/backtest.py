"""Would the scheme have been right: applied some months ago, beside what then happened."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

from tiering.metrics.windows import months_before
from tiering.movement.backtest import Backtest, Outcome, outcome
from tiering.movement.captured import LEAST_ABOVE, LEAST_CUSTOMERS, WORTH_HAVING, Captured, capture_curve, rank_key
from tiering.ui.base import cached_movement, drill_down, frame, past_dates
from tiering.ui.base import movement_choices as choices
from tiering.ui.base.cached import Shown
from tiering.ui.base.drawing import draw
from tiering.ui.charts.movement import capture_chart
from tiering.words import Words

AGO = {"ago_6": 6, "ago_12": 12}


def section(shown: Shown, words: Words) -> None:
    """Draw the verdict, the two curves, and what each tier did."""
    as_of = shown.tiering.base.as_of
    if shown.dataset.orders is None or as_of is None:
        st.info(words("movement.needs.orders"))
        return
    earliest = past_dates.earliest(shown, as_of)
    offered = [name for name, months in AGO.items() if months_before(as_of, months) >= earliest]
    if not offered:
        st.info(words("movement.backtest.needs", first=shown.dataset.first_order_date, last=as_of))
        return
    months = AGO[choices.picked("backtest_span", offered, words)]
    test, found = cached_movement.backtest(shown, months, words)
    past_dates.warn_of_short_window(shown, test.as_of, words)
    money = words.money(float(np.maximum(test.after, 0).sum()), shown.dataset.currency)
    if not test.tiers.size:
        st.info(words("movement.backtest.nobody", start=test.as_of))
        return
    if not (test.after > 0).any():
        st.info(words("movement.backtest.nothing", start=test.as_of, end=test.end))
        return
    facts = {"start": test.as_of, "end": test.end, "n": test.tiers.size, "money": money}
    st.markdown(frame.plain(words("movement.backtest.sentence", **facts)))
    _against_revenue(shown, test, found, words)
    _tiers(shown, test, words)
    _notes(shown, test, words)


def _against_revenue(shown: Shown, test: Backtest, found: Captured, words: Words) -> None:
    """The verdict, the two curves, and for each line both shares with the interval of their difference."""
    alike = len(set(found.verdicts)) == 1
    for line in range(1 if alike else len(found.verdicts)):
        st.markdown(_verdict(shown, found, line, words))
    left, right = st.columns([2, 3], gap="medium")
    with left:
        draw(_chart(shown, test, found, words), words)
    with right:
        rows = _lines(shown, test, found, words)
        labels = {name: words(f"movement.backtest.{name}") for name in map(str, rows)}
        drill_down.table("backtest-lines", rows, labels, None)
        if np.isfinite(found.low).any():
            st.caption(words("movement.backtest.interval", margin=words.number(WORTH_HAVING * 100)))
        drill_down.download("backtest", rows, labels, words)


def _verdict(shown: Shown, found: Captured, line: int, words: Words) -> str:
    facts = {
        "tiers": frame.plain(_above(shown, line)),
        "n": int(found.customers[line]),
        "scheme": words.percent(found.by_scheme[line], 1),
        "revenue": words.percent(found.by_revenue[line], 1),
        "least": LEAST_CUSTOMERS,
        "each": LEAST_ABOVE,
        "margin": words.number(WORTH_HAVING * 100),
    }
    return words(f"movement.backtest.{found.verdicts[line]}", **facts)


def _above(shown: Shown, line: int) -> str:
    """The tiers above a line: S, S + A …"""
    return " + ".join(shown.tiering.scenario.tiers[: line + 1])


def _chart(shown: Shown, test: Backtest, found: Captured, words: Words) -> alt.LayerChart:
    scheme, plain = words("movement.backtest.by_scheme"), words("movement.backtest.by_revenue")
    curves = pd.concat(
        [capture_curve(test, rank_key(test)).assign(kind=scheme), capture_curve(test, test.annual).assign(kind=plain)]
    )
    marks = pd.DataFrame(
        {
            "customer_share": found.customers / test.tiers.size,
            "revenue_share": found.by_scheme,
            "note": [_above(shown, line) for line in range(test.count - 1)],
        }
    )
    return capture_chart(curves, marks[found.customers > 0], words, frame.is_dark())


def _lines(shown: Shown, test: Backtest, found: Captured, words: Words) -> pd.DataFrame:
    difference = found.by_scheme - found.by_revenue
    ends = [[words.number(end * 100, 2) for end in pair] for pair in zip(found.low, found.high, strict=True)]
    known = np.isfinite(found.low)
    spread = [
        words("movement.backtest.spread", low=low, high=high) if told else ""
        for (low, high), told in zip(ends, known, strict=True)
    ]
    return pd.DataFrame(
        {
            "above": [_above(shown, line) for line in range(test.count - 1)],
            "customers": found.customers,
            "scheme_share": found.by_scheme,
            "revenue_share": found.by_revenue,
            "difference_points": difference * 100,
            "spread_of": spread,
            "verdict": [words(f"movement.backtest.short_{verdict}") for verdict in found.verdicts],
        }
    )


def _tiers(shown: Shown, test: Backtest, words: Words) -> None:
    """What the customers of each tier did afterwards."""
    st.subheader(words("movement.backtest.tiers", months=test.months), anchor=False)
    did: Outcome = outcome(test)
    rows = pd.DataFrame(
        {
            "tier": shown.tiering.scenario.tiers,
            "customers": did.customers,
            "kept_share": did.kept,
            "lost_share": did.lost_rate,
            "growing_share": did.growing,
            "orders": did.orders.round(1),
            "revenue_share": did.revenue_share,
        }
    )
    labels = {name: words(f"movement.backtest.tier_{name}") for name in map(str, rows)}
    drill_down.table("backtest-tiers", rows, labels, None)
    st.caption(words("movement.backtest.tiers_hint", months=test.months))


def _notes(shown: Shown, test: Backtest, words: Words) -> None:
    """What the test cannot show."""
    if test.newcomers > 0:
        money = words.money(test.newcomers, shown.dataset.currency)
        st.caption(frame.plain(words("movement.backtest.newcomers", money=money)))
    if _weighs_on_today(shown):
        st.caption(words("movement.backtest.todays_file"))


def _weighs_on_today(shown: Shown) -> bool:
    """Whether a weight lies on a column of the customers file, which tells of today alone."""
    told = set(shown.dataset.customers.column_names) if shown.dataset.customers is not None else set()
    weights = shown.tiering.scenario.weights
    return any(one.source in told and weights.get(one.key) for one in shown.tiering.base.matrix.indicators)
