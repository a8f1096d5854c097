"""Load: the hours the service levels ask for against the hours there are, by owner, region and tier."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import streamlit as st

from tiering.strategy.resources.handover import handovers
from tiering.strategy.resources.load import Capacity, capacity, owner_loads, owners_of, region_loads, tier_loads
from tiering.strategy.resources.services import customer_hours, served_as
from tiering.ui.base import cached_views, drill_down, frame
from tiering.ui.base import strategy_choices as choices
from tiering.ui.base.cached import Shown
from tiering.ui.base.drawing import draw
from tiering.ui.charts.team import loads_chart
from tiering.words import Words

MOST_BARS = 20
LISTED = {"owner": "owner", "region": "region"}


def section(shown: Shown, words: Words) -> None:
    """Draw the load."""
    there, asked = capacity(shown.tiering), float(customer_hours(shown.tiering).sum())
    st.markdown(_sentence(shown, there, asked, words))
    regions = region_loads(shown.tiering)
    has_owners = owners_of(shown.tiering) is not None
    sides = [*(["owner"] if has_owners else []), *(["region"] if regions is not None else []), "tier"]
    side = choices.picked("load_by", sides, words) if len(sides) > 1 else "tier"
    if side == "tier":
        _tiers(shown, words)
    else:
        _sides(shown, side, owner_loads(shown.tiering) if side == "owner" or regions is None else regions, words)
    if not has_owners:
        st.caption(words("resources.load.no_owner"))
    elif side == "owner" and st.toggle(words("resources.handover.toggle"), key="strategy-handover"):
        _handovers(shown, words)


def _sentence(shown: Shown, there: Capacity, asked: float, words: Words) -> str:
    """Whether the hours suffice, and where they do not, whether another person pays by the same assumptions."""
    facts = {
        "hours": words.number(asked),
        "people": words.number(there.people, 0 if there.people == int(there.people) else 1),
        "there": words.number(there.hours),
        "load": words.percent(asked / there.hours),
    }
    if there.told_by == "needed":
        return words("resources.load.sentence_needed", hours=facts["hours"], n=int(there.people))
    if asked <= there.hours:
        return words("resources.load.sentence_within", **facts)
    found, cost = cached_views.best_allocation(shown), shown.tiering.scenario.resources.cost_per_hour
    facts |= {
        "price": frame.plain(words.money(found.best.hour_price, shown.dataset.currency)),
        "cost": frame.plain(words.money(cost, shown.dataset.currency)),
        "left": words.number(int((~found.served).sum())),
    }
    return words(f"resources.load.sentence_{'hire' if found.best.hour_price > cost else 'promise'}", **facts)


def _sides(shown: Shown, side: str, loads: pd.DataFrame, words: Words) -> None:
    rows = loads.assign(label=loads["name"].fillna(words(f"resources.load.no_{side}_named")))
    bars = rows[rows["load"].notna()].head(MOST_BARS)
    over = int((bars["load"] > 1 + 1e-9).sum())
    st.markdown(words(f"resources.load.over_{side}", n=over, all=int(rows["load"].notna().sum())))
    drawn = pd.DataFrame(
        {
            "label": bars["label"],
            "within": np.minimum(bars["load"], 1.0),
            "over": np.maximum(bars["load"] - 1, 0.0),
            "note": [words.percent(load) for load in bars["load"]],
        }
    )
    left, right = st.columns([1, 1], gap="large")
    with left:
        draw(loads_chart(drawn, words, frame.is_dark()), words)
    with right:
        _side_table(shown, side, rows.assign(load_rate=rows["load"]), words)


def _side_table(shown: Shown, side: str, rows: pd.DataFrame, words: Words) -> None:
    labels = {
        "label": words(f"plan.load_by.{side}"),
        "customers": words("segments.customers"),
        "revenue": words("customer.revenue"),
        "hours": words("resources.hours"),
        "capacity": words("resources.capacity"),
        "load_rate": words("resources.load.rate"),
    }
    customers = shown.tiering.base.customers
    named = customers[LISTED[side]].astype(object).where(customers[LISTED[side]].notna(), "")
    wanted = rows["name"].fillna("").tolist()
    listing = _listing(
        customers["customer_id"], named.map(lambda name: str(name).strip()), wanted, rows["label"].tolist()
    )
    labels = drill_down.available_columns(shown, labels)
    drill_down.table(f"load-{side}", rows.round({"hours": 0, "capacity": 0}), labels, listing)
    st.caption(words("segments.click"))
    drill_down.download(f"load-by-{side}", rows, labels, words)


def _listing(
    ids: pd.Series, named: pd.Series, wanted: list[str], titles: list[str]
) -> Callable[[int], drill_down.Listing]:
    return lambda row: drill_down.Listing(titles[row], ids[(named == wanted[row]).to_numpy()].tolist())


def _tiers(shown: Shown, words: Words) -> None:
    loads = tier_loads(shown.tiering)
    labels = {
        "name": words("resources.tier"),
        "customers": words("segments.customers"),
        "visits": words("resources.load.visits"),
        "hours": words("resources.hours"),
        "people": words("resources.people"),
    }
    ids, tiers = shown.tiering.base.customers["customer_id"].to_numpy(), served_as(shown.tiering)
    names = loads["name"].tolist()
    drill_down.table(
        "load-tier",
        loads.round({"people": 1}),
        labels,
        lambda row: drill_down.Listing(names[row], ids[tiers == row].tolist()),
    )
    drill_down.download("load-by-tier", loads, labels, words)


def _handovers(shown: Shown, words: Words) -> None:
    with st.spinner(words("resources.solving")):
        moved = handovers(shown.tiering)
    if moved is None:
        st.info(words("resources.handover.impossible"))
        return
    if moved.empty:
        st.info(words("resources.handover.nobody"))
        return
    ids = shown.tiering.base.customers["customer_id"].iloc[moved["row"]].reset_index(drop=True)
    tiers = np.array(shown.tiering.scenario.tiers, dtype=object)
    rows = moved.assign(
        customer=drill_down.names(shown, ids),
        customer_id=ids,
        tier=tiers[served_as(shown.tiering)[moved["row"]]],
        revenue=shown.tiering.base.revenue[moved["row"]],
    )
    labels = {
        "customer": words("field.customer_name.label"),
        "tier": words("resources.tier"),
        "from_owner": words("resources.handover.from"),
        "to_owner": words("resources.handover.to"),
        "hours": words("resources.hours"),
        "revenue": words("customer.revenue"),
    }
    labels = drill_down.available_columns(shown, labels)
    st.markdown(words("resources.handover.sentence", n=len(rows)))
    drill_down.table(
        "handover",
        rows.round({"hours": 0}),
        labels,
        lambda row: drill_down.Listing(str(rows["customer"][row]), [ids[row]]),
    )
    drill_down.download("handover", rows, {"customer_id": words("field.customer_id.label"), **labels}, words)
