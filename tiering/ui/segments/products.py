"""Products: what each tier buys, and which part each product plays by a rule one can read and move."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from tiering.metrics import history_months
from tiering.ui import frame
from tiering.ui.cached import Shown
from tiering.ui.charts.pareto import share_heat_map
from tiering.ui.segments import behind, choosing, looked_up
from tiering.views.products import ROLES, RoleRule, product_roles, tier_purchases
from tiering.views.sales import Period
from tiering.words import Words

MOST_PRODUCTS = 15


def tier_section(shown: Shown, words: Words) -> None:
    """Draw the share of each product or category in what a tier buys."""
    (orders, as_of), tiering = looked_up.orders_of(shown), shown.tiering
    keys = [key for key in ("product", "category") if key in orders.column_names]
    key = choosing.picked("item_key", keys, words)
    period = Period.months(as_of, tiering.scenario.window_months)
    bought = tier_purchases(orders, key, period, tiering.base.customers["customer_id"], tiering.tiers)
    if bought.empty:
        st.info(words("segments.pareto.nothing"))
        return
    st.markdown(words("segments.products.tiers_hint", n=MOST_PRODUCTS))
    st.altair_chart(share_heat_map(_cells(shown, bought, words), words, frame.is_dark()), width="stretch")
    labels = {
        "item": words("segments.product"),
        "tier_name": words("customer.tier"),
        "revenue": words("segments.revenue"),
        "share": words("segments.products.share"),
    }
    behind.download("products-by-tier", _with_names(shown, bought, words), labels, words)


def _with_names(shown: Shown, bought: pd.DataFrame, words: Words) -> pd.DataFrame:
    names = [*shown.tiering.scenario.tiers, words("tier.unscored")]
    return bought.assign(tier_name=[names[tier] for tier in bought["tier"]])


def _cells(shown: Shown, bought: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The biggest products in order, one cell for each tier."""
    biggest = bought.groupby("item")["revenue"].sum().sort_values(ascending=False, kind="stable").index[:MOST_PRODUCTS]
    kept = bought[bought["item"].isin(biggest)]
    place = {item: number for number, item in enumerate(biggest)}
    return pd.DataFrame(
        {
            "product": kept["item"].where(kept["item"] != "", words("segments.unnamed")),
            "tier": _with_names(shown, kept, words)["tier_name"],
            "tier_place": kept["tier"],
            "share": kept["share"],
            "revenue": kept["revenue"],
            "place": kept["item"].map(place),
        }
    ).sort_values(["tier_place", "place"])


def role_section(shown: Shown, words: Words) -> None:
    """Draw the roles of the products, with the rule above them."""
    orders, as_of = looked_up.orders_of(shown)
    rule = _rule(words)
    figures = looked_up.products(shown, shown.tiering.scenario.window_months)
    roles = product_roles(figures, rule, history_months(orders, as_of))
    order = {role: place for place, role in enumerate(ROLES)}
    listed = figures.assign(
        item=figures["item"].where(figures["item"] != "", words("segments.unnamed")),
        role=[words(f"segments.role.{role}") for role in roles],
        place=[order[role] for role in roles],
    ).sort_values(["place", "revenue"], ascending=[True, False], ignore_index=True)
    labels = {
        "item": words("segments.product"),
        "role": words("segments.role.label"),
        "revenue": words("segments.revenue"),
        "share": words("segments.revenue_share"),
        "growth_rate": words("segments.growth"),
        "margin_rate": words("segments.margin_rate"),
        "returns_share": words("segments.returns_share"),
        "age_months": words("segments.age_months"),
    }
    listed = listed.rename(columns={"growth": "growth_rate"})
    behind.table("roles", listed, labels, None)
    behind.download("product-roles", listed, labels, words)


def _rule(words: Words) -> RoleRule:
    """The rule in a sentence, and its limits to move."""
    with st.popover(words("segments.role.rule")):
        rule = RoleRule(
            cash_share=choosing.percent("cash_share", words, (1, 30), 5),
            margin_lead=choosing.percent("margin_lead", words, (1, 30), 5),
            new_months=choosing.number("new_months", words, (1, 24), 6),
            retire_share=choosing.percent("retire_share", words, (1, 20), 2),
            retire_fall=choosing.percent("retire_fall", words, (5, 90), 20),
            retire_returns=choosing.percent("retire_returns", words, (1, 50), 10),
        )
    st.markdown(
        words(
            "segments.role.sentence",
            months=rule.new_months,
            retire=words.percent(rule.retire_share),
            fall=words.percent(rule.retire_fall),
            returns=words.percent(rule.retire_returns),
            lead=words.number(rule.margin_lead * 100),
            cash=words.percent(rule.cash_share),
        )
    )
    return rule
