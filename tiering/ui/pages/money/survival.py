"""How long customers go on ordering, all together and by the year they began."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from tiering.metrics.windows import months_before
from tiering.movement.survival import Relations, cohorts, kaplan_meier, median_months, relations
from tiering.ui.base import drill_down, frame
from tiering.ui.base import movement_choices as choices
from tiering.ui.base.cached import Shown
from tiering.ui.base.drawing import draw
from tiering.ui.charts.survival import survival_chart
from tiering.words import Words

SILENCES = {"six": 6, "twelve": 12}
MARKS = (3, 6, 12, 24)
LONG_ENOUGH = 24  # months of history for a year of silence to be the usual limit
LEAST_SEEN = 3  # months a relation must have been seen for
FEWEST_DRAWN = 10  # at risk: the tail of a curve rests on very few customers and jumps


def section(shown: Shown, words: Words) -> None:
    """Draw the curve and the share still ordering after so many months."""
    customers, as_of, begin = shown.tiering.base.customers, shown.tiering.base.as_of, shown.dataset.first_order_date
    assert as_of is not None, "orders have a last date"
    assert begin is not None, "orders have a first date"
    usual = "twelve" if begin <= months_before(as_of, LONG_ENOUGH) else "six"
    silence = SILENCES[choices.picked("silence", list(SILENCES), words, default=usual)]
    first, last = (pd.to_datetime(customers[name]).to_numpy() for name in ("first_order", "last_order"))
    known = relations(first, last, as_of, silence)
    if known.months.size < 2 or known.months.max() < LEAST_SEEN:
        st.info(words("movement.kept.no_survival", months=silence, more=silence + LEAST_SEEN, first=begin))
        return
    curve = kaplan_meier(known.months, known.ended)
    groups = cohorts(known)
    st.markdown(_sentence(known, curve, words))
    lines = [kaplan_meier(known.months[some], known.ended[some]).assign(cohort=name) for name, some in groups.items()]
    drawn = pd.concat([_steady(line) for line in lines]) if len(lines) > 1 else pd.DataFrame({"cohort": []})
    left, right = st.columns([3, 2], gap="large")
    with left:
        draw(survival_chart(_steady(curve), drawn, words, frame.is_dark()), words)
    with right:
        rows = _rows(curve, dict(zip(groups, lines, strict=True)), words)
        labels = {"label": words("movement.kept.cohort"), "customers": words("segments.customers")}
        labels |= {f"m{mark}_share": words("movement.kept.after", months=mark) for mark in MARKS}
        labels["median"] = words("movement.kept.median")
        drill_down.table("survival", rows, labels, None)
        drill_down.download("survival", rows, labels, words)
    st.caption(words("movement.kept.survival_hint", months=silence, first=begin))


def _sentence(known: Relations, curve: pd.DataFrame, words: Words) -> str:
    half = median_months(curve)
    facts = {"n": known.months.size, "ended": int(known.ended.sum()), "day": known.seen_until}
    if pd.isna(half):
        return words("movement.going.open", **facts)
    return words("movement.going.told", months=words.number(half, 1), **facts)


def _rows(curve: pd.DataFrame, lines: dict[str, pd.DataFrame], words: Words) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "label": name,
                "customers": int(part["at_risk"].iloc[0]),
                **{f"m{mark}_share": _after(part, mark) for mark in MARKS},
                "median": round(median_months(part), 1),
            }
            for name, part in {words("movement.kept.all"): curve, **lines}.items()
        ]
    )


def _steady(curve: pd.DataFrame) -> pd.DataFrame:
    """The curve as far as enough customers are behind it; all of a small one."""
    kept = curve[curve["at_risk"] >= FEWEST_DRAWN]
    return kept if len(kept) else curve


def _after(curve: pd.DataFrame, months: int) -> float:
    """Share still ordering after so many months, NaN beyond what was seen."""
    if months > curve["months"].max():
        return float("nan")
    by_then = curve.loc[curve["months"] <= months, "survival"]
    return float(by_then.iloc[-1]) if len(by_then) else 1.0
