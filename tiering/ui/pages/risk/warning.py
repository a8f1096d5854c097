"""Churn warning: who is silent beyond the own rhythm, what is at stake, and how such warnings did before."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from tiering.movement.at_risk import Worth, annual_worth, at_risk, call_order, risk_by_tier
from tiering.movement.repurchase import TooLittle
from tiering.movement.rhythm import AMBER, RED
from tiering.movement.sale_days import RhythmExclusions
from tiering.movement.warning import LEVELS, AlarmRecord, Warnings
from tiering.ui.base import cached_movement, drill_down, frame
from tiering.ui.base import movement_choices as choices
from tiering.ui.base.cached import Shown
from tiering.ui.base.drawing import draw
from tiering.ui.base.drill_down import customer_rows
from tiering.ui.charts.risk import at_risk_chart
from tiering.ui.pages.money import expected_orders
from tiering.ui.pages.risk import leaving_out
from tiering.ui.pages.risk.repurchase import HORIZONS
from tiering.words import Words

CHECKED = {"three": 3, "six": 6}


def section(shown: Shown, words: Words) -> None:
    """Draw the warning, the revenue at risk by tier, the call list and the record."""
    if shown.dataset.orders is None:
        st.info(words("movement.warning.needs_orders"))
        return
    left_out = leaving_out.exclusion_controls(shown, words)
    found = cached_movement.warnings(shown, left_out)
    active = cached_movement.active(shown)
    level = at_risk(found, active)
    worth = annual_worth(shown.tiering.base.customers, shown.tiering.base.revenue)
    if not (found.level >= 0).any():
        st.info(words("movement.warning.no_rhythm", n=int((found.gaps.count > 0).sum())))
        return
    months = HORIZONS[choices.picked("horizon", list(HORIZONS), words, default="three")]
    learnt = expected_orders.learnt(shown, months, words)
    absent = expected_orders.not_ordering(shown, learnt)
    ahead = worth.money * months / shown.tiering.scenario.window_months
    rows, stake = call_order(level, absent, ahead)
    st.markdown(words.sentences([_sentence(shown, level, worth, words), *_at_stake(shown, stake, months, words)]))
    left, right = st.columns([1, 1], gap="large")
    with left:
        _tiers(shown, level, words)
    with right:
        _record(shown, left_out, words)
    _calls(shown, found, (rows, stake), (worth, absent, months), words)
    source = "plain" if isinstance(learnt.model, TooLittle) else "model"
    st.caption(words(f"movement.warning.stake_{source}", months=months))
    st.caption(_notes(found, active, worth, words))


def _sentence(shown: Shown, level: np.ndarray, worth: Worth, words: Words) -> str:
    """How many are late, and what they are worth a year."""
    late = level > 0
    if not late.any():
        return words("movement.warning.nobody")
    money = words.money(float(worth.money[late].sum()), shown.dataset.currency)
    facts = {"red": int((level == 2).sum()), "amber": int((level == 1).sum()), "money": money}
    return frame.plain(words(f"movement.warning.sentence_{worth.basis}", **facts))


def _at_stake(shown: Shown, stake: np.ndarray, months: int, words: Words) -> list[str]:
    """A sentence on what is at stake with them; none where nobody is late or nothing is told."""
    if not np.isfinite(stake).any():
        return []
    money = words.money(float(np.nansum(stake)), shown.dataset.currency)
    return [frame.plain(words("movement.warning.at_stake", money=money, months=months))]


def _tiers(shown: Shown, level: np.ndarray, words: Words) -> None:
    """Revenue at risk by tier, and the way to the customers."""
    names = shown.tiering.scenario.tiers
    table = risk_by_tier(level, shown.tiering.base.revenue, shown.tiering.tiers, len(names))
    share = table["revenue"].where(table["revenue"] > 0, 1.0)
    notes = [
        f"{words.money(risky, shown.dataset.currency)}  ({words.percent(part, 1)})"
        for risky, part in zip(table["red_revenue"] + table["amber_revenue"], table["risk_share"], strict=True)
    ]
    bars = table.assign(
        label=list(names), red=table["red_revenue"] / share, amber=table["amber_revenue"] / share, note=notes
    )
    st.markdown(words("movement.warning.by_tier"))
    draw(at_risk_chart(bars, words, frame.is_dark()), words)
    labels = {
        "label": words("customer.tier"),
        "customers": words("segments.customers"),
        "red": words("movement.warning.red"),
        "amber": words("movement.warning.amber"),
        "risk_share": words("movement.warning.of_tier"),
    }
    ids = shown.tiering.base.customers["customer_id"].to_numpy()
    late = level > 0

    def listing(row: int) -> drill_down.Listing:
        title = words("movement.warning.listed", tier=names[row])
        return drill_down.Listing(title, ids[late & (shown.tiering.tiers == row)].tolist())

    drill_down.table("risk-by-tier", table.assign(label=list(names)), labels, listing)


def _record(shown: Shown, left_out: RhythmExclusions, words: Words) -> None:
    """Precision and false alarms on the file's own past."""
    st.markdown(words("movement.warning.record"))
    months = CHECKED[choices.picked("checked", list(CHECKED), words)]
    found = cached_movement.record(shown, left_out, months, words)
    if found is None:
        first, as_of = shown.dataset.first_order_date, shown.tiering.base.as_of
        st.info(words("movement.warning.no_record", first=first, last=as_of, months=6 + months))
        return
    st.markdown(_verdict(found, words))
    lost = [found.lost[name] for name in reversed(LEVELS)]
    rows = pd.DataFrame(
        {
            "label": [words(f"movement.warning.{name}") for name in reversed(LEVELS)],
            "warned": [share.whole for share in lost],
            "stayed_away": [share.part for share in lost],
            "came_back": [share.whole - share.part for share in lost],
            "lost_share": [share.value for share in lost],
            "interval": [_interval(share.interval, words) for share in lost],
        }
    )
    labels = {name: words(f"movement.warning.record_{name}", months=months) for name in rows.columns}
    drill_down.table("alarm-record", rows, labels, None)
    st.caption(words("movement.warning.record_hint", n=len(found.dates), first=found.dates[0], months=months))


def _verdict(found: AlarmRecord, words: Words) -> str:
    red, calm = found.lost["red"], found.lost["calm"]
    if not red.whole:
        return words("movement.warning.never_red")
    facts = {"months": found.months, "share": words.percent(red.value), "calm": words.percent(calm.value)}
    key = "better" if red.interval[0] > calm.interval[1] else "no_better"
    said = [
        words(
            f"movement.warning.{key}",
            n=red.whole,
            false=red.whole - red.part,
            caught=words.percent(found.caught.value),
            **facts,
        )
    ]
    amber = found.lost["amber"]
    if amber.whole and amber.interval[0] <= calm.interval[1]:
        facts |= {"share": words.percent(amber.value)}
        said.append(words("movement.warning.amber_no_better", **facts))
    return words.sentences(said)


def _interval(ends: tuple[float, float], words: Words) -> str:
    return "" if np.isnan(ends[0]) else f"{words.percent(ends[0])} – {words.percent(ends[1])}"


def _calls(
    shown: Shown,
    found: Warnings,
    called: tuple[np.ndarray, np.ndarray],
    known: tuple[Worth, np.ndarray, int],
    words: Words,
) -> None:
    """The call list, most money at stake first."""
    (rows, stake), (worth, absent, months) = called, known
    if not rows.size:
        return
    st.subheader(words("movement.warning.calls"), anchor=False)
    customers = shown.tiering.base.customers.iloc[rows]
    names = np.array([*shown.tiering.scenario.tiers, ""], dtype=object)
    listed = pd.DataFrame(
        {
            "customer_id": customers["customer_id"].to_numpy(),
            "name": drill_down.names(shown, customers["customer_id"]).to_numpy(),
            "tier": names[shown.tiering.tiers[rows]],
            **{key: customers[key].to_numpy() for key in ("owner", "region") if key in customers},
            "level": [words(f"movement.warning.{LEVELS[code]}") for code in found.level[rows]],
            "silent": found.gaps.silent[rows],
            "usual": found.usual_days[rows].round(1),
            "own_share": found.own_share[rows],
            "worth": worth.money[rows].round(),
            "order_chance": 1 - absent[rows],
            "stake": stake.round(),
        }
    )
    labels = {
        "name": words("segments.name"),
        "tier": words("customer.tier"),
        **{key: words(f"field.{key}.label") for key in ("owner", "region") if key in listed},
        **{key: words(f"movement.warning.list_{key}") for key in ("level", "silent", "usual", "own_share")},
        "worth": words(f"movement.warning.list_{worth.basis}"),
        "order_chance": words("movement.demand.list_order_chance"),
        "stake": words("movement.warning.list_stake", months=months),
    }
    customer_rows("call-list", listed, labels, words)


def _notes(found: Warnings, active: np.ndarray, worth: Worth, words: Words) -> str:
    """What the warning rests on, whom it cannot speak of, and how many it warns of by chance."""
    known = found.level >= 0
    notes = [
        words(
            "movement.warning.rule",
            red=words.percent(RED),
            amber=words.percent(AMBER),
            n=int((known & active).sum()),
            chance=int(np.ceil(RED * int((known & active).sum()))),
        )
    ]
    once = int((active & ~known).sum())
    lapsed = int((~active & (found.gaps.silent >= 0)).sum())
    notes += [words("movement.warning.once", n=once)] if once else []
    notes += [words("movement.warning.lapsed", n=lapsed)] if lapsed else []
    notes += [words("movement.warning.estimated", n=worth.estimated)] if worth.estimated else []
    return words.sentences(notes)
