"""Retention and value: who stayed with how much, for how long, what a tier is worth, and which contracts end."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from tiering.metrics.windows import months_before
from tiering.movement.retention import Retention, contract_ends, retention_by_tier
from tiering.movement.survival import Relations, cohorts, kaplan_meier, median_months, relations
from tiering.strategy.kpis import tier_kpis
from tiering.ui.base import cached, drill_down, frame
from tiering.ui.base import movement_choices as choices
from tiering.ui.base.cached import Shown
from tiering.ui.base.drawing import draw
from tiering.ui.base.past_dates import separate_windows
from tiering.ui.charts.money import survival_chart
from tiering.ui.pages.money import lifetime
from tiering.ui.pages.risk import renewals
from tiering.words import Words

SILENCES = {"six": 6, "twelve": 12}
MARKS = (3, 6, 12, 24)
LONG_ENOUGH = 24  # months of history for a year of silence to be the usual limit
LEAST_SEEN = 3  # months a relation must have been seen for
FEWEST_DRAWN = 10  # at risk: the tail of a curve rests on very few customers and jumps


def section(shown: Shown, words: Words) -> None:
    """Draw the part that was picked; contracts are offered where the file names their ends."""
    parts = {"retention": _retention, "survival": survival_section, "value": lifetime.section}
    if not np.isnat(contract_ends(shown.tiering.base.customers)).all():
        parts["renewals"] = renewals.section
    if shown.dataset.orders is None:
        st.info(words("movement.kept.needs_orders"))
        if "renewals" in parts:
            renewals.section(shown, words)
        return
    parts[choices.picked("kept", list(parts), words)](shown, words)


def _retention(shown: Shown, words: Words) -> None:
    """Logo retention, NRR and GRR by the tier of the beginning."""
    apart = separate_windows(shown, words)
    if apart is None:
        return
    chain, months = apart
    found = retention_by_tier(chain)
    everybody = found[-1]
    if not everybody.kept.whole:
        st.info(words("movement.kept.nobody", start=chain.dates[0]))
        return
    st.markdown(_sentence(shown, everybody, months, words))
    rows = _rows([*chain.names, words("movement.kept.all")], found, words)
    labels = {"label": words("customer.tier")} | {
        name: words(f"movement.kept.{name}") for name in rows.columns if name != "label"
    }

    def listing(row: int) -> drill_down.Listing:
        inside = chain.states[0] == row if row < chain.count else chain.states[0] < chain.count
        lost = inside & (chain.revenue[0] > 0) & (chain.states[1] > chain.count)
        return drill_down.Listing(
            words("movement.kept.lost_of", tier=rows["label"][row]), chain.customer_ids[lost].tolist()
        )

    drill_down.table("retention", rows, labels, listing)
    st.caption(words("movement.kept.hint", start=chain.dates[0], months=months))
    if months < shown.tiering.scenario.window_months:
        st.caption(words("movement.kept.shorter", months=months, first=shown.dataset.first_order_date))
    st.caption(_repurchase_rates(shown, words))
    drill_down.download("retention", rows, labels, words)


def _sentence(shown: Shown, everybody: Retention, months: int, words: Words) -> str:
    text = words(
        "movement.kept.sentence",
        n=everybody.kept.whole,
        months=months,
        kept=words.percent(everybody.kept.value, 1),
        net=words.percent(everybody.net, 1),
        gross=words.percent(everybody.gross, 1),
        lost=words.money(everybody.churned, shown.dataset.currency),
    )
    return frame.plain(text)


def _rows(names: list[str], found: tuple[Retention, ...], words: Words) -> pd.DataFrame:
    intervals = [tier.kept.interval for tier in found]
    return pd.DataFrame(
        {
            "label": names,
            "customers": [tier.kept.whole for tier in found],
            "kept_share": [tier.kept.value for tier in found],
            "interval": ["" if np.isnan(a) else f"{words.percent(a)} – {words.percent(b)}" for a, b in intervals],
            "net_share": [tier.net for tier in found],
            "gross_share": [tier.gross for tier in found],
            "start": [round(tier.start) for tier in found],
            "expansion": [round(tier.expansion) for tier in found],
            "contraction": [-round(tier.contraction) for tier in found],
            "churned": [-round(tier.churned) for tier in found],
        }
    )


def _repurchase_rates(shown: Shown, words: Words) -> str:
    """The repurchase rate of each tier, by the same rule as on the tier cards."""
    evidence = cached.evidence(shown)
    rates = []
    for tier, name in enumerate(shown.tiering.scenario.tiers):
        (rate,) = tier_kpis(shown.tiering, evidence, tier, ("repurchase_rate",))
        rates.append(f"{frame.plain(name)} {words.percent(rate.baseline) if rate.baseline is not None else '–'}")
    return words("movement.kept.repurchase", rates=" · ".join(rates))


def survival_section(shown: Shown, words: Words) -> None:
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
    st.markdown(_survival_sentence(known, curve, words))
    lines = [kaplan_meier(known.months[some], known.ended[some]).assign(cohort=name) for name, some in groups.items()]
    drawn = pd.concat([_steady(line) for line in lines]) if len(lines) > 1 else pd.DataFrame({"cohort": []})
    left, right = st.columns([3, 2], gap="large")
    with left:
        draw(survival_chart(_steady(curve), drawn, words, frame.is_dark()), words)
    with right:
        rows = _survival_rows(curve, dict(zip(groups, lines, strict=True)), words)
        labels = {"label": words("movement.kept.cohort"), "customers": words("segments.customers")}
        labels |= {f"m{mark}_share": words("movement.kept.after", months=mark) for mark in MARKS}
        labels["median"] = words("movement.kept.median")
        drill_down.table("survival", rows, labels, None)
        drill_down.download("survival", rows, labels, words)
    st.caption(words("movement.kept.survival_hint", months=silence, first=begin))


def _survival_sentence(known: Relations, curve: pd.DataFrame, words: Words) -> str:
    half = median_months(curve)
    facts = {"n": known.months.size, "ended": int(known.ended.sum()), "day": known.seen_until}
    if pd.isna(half):
        return words("movement.going.open", **facts)
    return words("movement.going.told", months=words.number(half, 1), **facts)


def _survival_rows(curve: pd.DataFrame, lines: dict[str, pd.DataFrame], words: Words) -> pd.DataFrame:
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
