"""Demand by tier in the months to come beside what the same forecast said last time, and the models behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
import streamlit as st

from tiering.movement.demand import Demand, Forecast, PlainRule, chances_by_rule, forecast, plain_rules
from tiering.movement.repurchase import Repurchase, TooLittle, repurchase
from tiering.movement.sale_days import NOTHING
from tiering.movement.snapshots import snapshots
from tiering.ui.base import cached_movement, drill_down, frame
from tiering.ui.base import movement_choices as choices
from tiering.ui.base.cached import Shown
from tiering.ui.base.cached_views import orders_of
from tiering.ui.base.drill_down import customer_rows
from tiering.words import Words

RANKED = {"money": "money", "chance": "order_chance"}
Progress = Callable[[float], None]


def by_tier(shown: Shown, model: Repurchase, told: Forecast, words: Words) -> None:
    """Buyers, orders and money of each tier; its forecast of the window before against what came."""
    st.subheader(words("movement.demand.title", months=model.months), anchor=False)
    names = shown.tiering.scenario.tiers
    place = rows_in_base(shown, model.today.ids)
    tier = np.where(place >= 0, shown.tiering.tiers[place], len(names))
    before = _tiers_then(shown, model, words)
    rows = [_tier_row(code, tier, (model.chance, told.coming)) for code in range(len(names))]
    checked = [_checked_row(code, before, told) for code in range(len(names))]
    table = pd.concat([pd.DataFrame(rows), pd.DataFrame(checked)], axis=1).assign(label=list(names))
    st.markdown(_sentence(shown, told, words))
    columns = (
        "label",
        "customers",
        "buyers",
        "orders",
        "money",
        "told_orders",
        "came_orders",
        "told_money",
        "came_money",
    )
    labels = {key: words(f"movement.demand.{key}", months=model.months) for key in columns}
    ids = model.today.ids
    drill_down.table(
        "demand", table, labels, lambda row: drill_down.Listing(str(names[row]), ids[tier == row].tolist())
    )
    st.caption(words(f"movement.demand.hint_{told.method}", day=model.test.day))
    drill_down.download("demand-by-tier", table, labels, words)


def top_list(shown: Shown, model: Repurchase, told: Forecast, words: Words) -> None:
    """Every customer with its probability, most expected money first, or by probability."""
    st.subheader(words("movement.demand.list"), anchor=False)
    rank = RANKED[choices.picked("rank", list(RANKED), words)]
    names = np.array([*shown.tiering.scenario.tiers, ""], dtype=object)
    place = rows_in_base(shown, model.today.ids)
    ids = pd.Series(model.today.ids)
    listed = pd.DataFrame(
        {
            "customer_id": ids,
            "name": drill_down.names(shown, ids),
            "tier": names[np.where(place >= 0, shown.tiering.tiers[place], len(names) - 1)],
            "order_chance": model.chance,
            "orders": told.coming.orders.round(1),
            "money": told.coming.money.round(),
            "recency": model.today.table["recency_days"].to_numpy(),
        }
    )
    listed = listed.iloc[np.argsort(-listed[rank].to_numpy(), kind="stable")].reset_index(drop=True)
    labels = {
        "name": words("segments.name"),
        "tier": words("customer.tier"),
        **{key: words(f"movement.demand.list_{key}") for key in ("order_chance", "orders", "money", "recency")},
    }
    customer_rows("repurchase", listed, labels, words)


def _tiers_then(shown: Shown, model: Repurchase, words: Words) -> np.ndarray:
    """Tier of each customer at the test date, as it would have been."""
    chain = cached_movement.chain(shown, [model.test.day], words)
    rows = pd.Index(chain.customer_ids).get_indexer(pd.Index(model.test.ids))
    return np.where(rows >= 0, chain.tiers[0][rows], chain.count)


def _tier_row(code: int, tier: np.ndarray, told: tuple[np.ndarray, Demand]) -> dict[str, int]:
    chance, demand = told
    members = tier == code
    return {
        "customers": int(members.sum()),
        "buyers": round(float(chance[members].sum())),
        "orders": round(float(demand.orders[members].sum())),
        "money": round(float(demand.money[members].sum())),
    }


def _checked_row(code: int, before: np.ndarray, told: Forecast) -> dict[str, int]:
    members = before == code
    figures = {"told": told.told, "came": told.came}
    orders = {f"{key}_orders": round(float(part.orders[members].sum())) for key, part in figures.items()}
    return orders | {f"{key}_money": round(float(part.money[members].sum())) for key, part in figures.items()}


def _sentence(shown: Shown, told: Forecast, words: Words) -> str:
    """The total, and by how much the total was off last time."""
    money, currency = float(told.coming.money.sum()), shown.dataset.currency
    came = float(told.came.money.sum())
    off = float(told.told.money.sum()) / came - 1 if came > 0 else np.nan
    sign = "+" if off > 0 else ""
    return frame.plain(
        words(
            "movement.demand.sentence",
            orders=round(float(told.coming.orders.sum())),
            money=words.money(money, currency),
            off=sign + words.percent(off),
        )
    )


@dataclass(frozen=True)
class Learnt:
    """The model with its forecast, or why there is none and what plain rules say instead.

    ``chance`` (n,): the probability to order that all views tell, of the customers ``ids``.
    """

    model: Repurchase | TooLittle
    forecast: Forecast | None
    rules: tuple[PlainRule, ...]
    ids: np.ndarray
    chance: np.ndarray


def learnt(shown: Shown, months: int, words: Words) -> Learnt:
    """What can be learnt of repurchase within ``months``; a bar is drawn while it takes long."""
    as_of = orders_of(shown)[1]
    slot = _learnt((shown.dataset.fingerprint, as_of, months))
    with st.spinner(words("movement.repurchase.learning"), show_time=True):
        return cached_movement.computed_once(shown, words, slot, lambda progress: _learn(shown, months, progress))


def not_ordering(shown: Shown, found: Learnt) -> np.ndarray:
    """Probability of no order within the horizon, of every customer of the base; NaN where nothing tells it."""
    rows = pd.Index(found.ids).get_indexer(pd.Index(shown.tiering.base.customers["customer_id"]))
    return np.where(rows >= 0, 1 - found.chance[rows], np.nan) if found.ids.size else np.full(rows.size, np.nan)


def rows_in_base(shown: Shown, ids: np.ndarray) -> np.ndarray:
    """Row of the customer base of each id, −1 where it is not there."""
    return pd.Index(shown.tiering.base.customers["customer_id"]).get_indexer(pd.Index(ids))


def _learn(shown: Shown, months: int, progress: Progress | None) -> Learnt:
    orders, as_of = orders_of(shown)
    model = repurchase(orders, as_of, months, progress)
    if isinstance(model, TooLittle):
        seen = snapshots(orders, as_of, months)
        rules, today = plain_rules(seen[1], seen[2], months), seen[2]
        return Learnt(model, None, rules, today.ids, chances_by_rule(rules, today, months))
    told = forecast(model, cached_movement.rhythms(shown, NOTHING).days)
    return Learnt(model, told, (), model.today.ids, model.chance)


@st.cache_resource(scope="session", max_entries=4, show_spinner=False)
def _learnt(key: tuple[str, date, int]) -> dict[str, Learnt]:
    return {}
