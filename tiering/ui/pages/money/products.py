"""Products: what each tier buys, and which part each product plays by a rule one can read and move."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from tiering.metrics import history_months
from tiering.ui.base import cached_views, drill_down, frame
from tiering.ui.base import view_choices as choices
from tiering.ui.base.cached import Shown
from tiering.ui.charts.grid import grid_chart
from tiering.ui.pages.customers.dimensions import class_labels, side_label, sides_of
from tiering.views.dimensions import Dimension, shortened, tier_dimension
from tiering.views.products import (
    ROLES,
    RoleRule,
    buyers,
    class_purchases,
    new_product_uptake,
    new_products,
    product_roles,
)
from tiering.views.sales import Key, Period
from tiering.words import Words

MOST_PRODUCTS = 15
ROW_HEIGHT = 28
ANY_ROLE = ""


def class_section(shown: Shown, words: Words) -> None:
    """Draw the share of each product or category in what a tier, an industry or another class buys."""
    orders, as_of = cached_views.orders_of(shown)
    period = Period.months(as_of, shown.tiering.scenario.window_months)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        key = _item_key(orders.column_names, words)
        side = _side(shown, words)
        role = _role(words) if key == "product" else ANY_ROLE
    bought = class_purchases(orders, key, period, shown.tiering.base.customers["customer_id"], side.codes)
    bought = bought[bought["item"].isin(_playing(shown, role))] if role != ANY_ROLE else bought
    if bought.empty:
        st.info(words("segments.products.nothing" if role != ANY_ROLE else "segments.pareto.nothing"))
        return
    st.markdown(words("segments.products.hint", n=MOST_PRODUCTS, side=side_label(side.key, words)))
    cells = _cells(bought, side, words, shown.dataset.currency)
    chart = grid_chart(cells, words, frame.is_dark(), row_height=ROW_HEIGHT)
    clicked = drill_down.clicked_cell("products-bought", chart, words)
    if clicked is not None:
        _show_buyers(shown, (key, period), side, cells, clicked)
    labels = {
        "item": words("segments.product"),
        "class": side_label(side.key, words),
        "revenue": words("segments.revenue"),
        "share": words("segments.products.share"),
    }
    classes = class_labels(side, words)
    drill_down.download(
        "products-bought", bought.assign(**{"class": [classes[code] for code in bought["code"]]}), labels, words
    )


def _item_key(offered: Sequence[str], words: Words) -> Key:
    keys = [key for key in ("product", "category") if key in offered]
    return "category" if choices.picked("item_key", keys, words) == "category" else "product"


def _side(shown: Shown, words: Words) -> Dimension:
    """The side by which the customers are put into classes; the tiers at first."""
    sides = {key: side for key, side in sides_of(shown).items() if key != "top_category"}
    return shortened(sides[choices.selected("products_by", list(sides), words, lambda key: side_label(key, words))])


def _role(words: Words) -> str:
    def shown_as(role: str) -> str:
        return words(f"segments.role.{role}") if role != ANY_ROLE else words("segments.products.any_role")

    return choices.selected("products_role", [ANY_ROLE, *ROLES], words, shown_as)


def _playing(shown: Shown, role: str) -> set[str]:
    """The products that play a role by the rule as it is set."""
    orders, as_of = cached_views.orders_of(shown)
    figures = cached_views.products(shown, shown.tiering.scenario.window_months)
    return set(figures["item"][product_roles(figures, kept_rule(), history_months(orders, as_of)) == role])


def _cells(bought: pd.DataFrame, side: Dimension, words: Words, currency: str) -> pd.DataFrame:
    """The biggest products in order, one cell for each class; where a class buys nothing of it, an empty one."""
    biggest = bought.groupby("item")["revenue"].sum().sort_values(ascending=False, kind="stable").index[:MOST_PRODUCTS]
    classes = class_labels(side, words)
    present = sorted(set(bought["code"]))
    grid = pd.MultiIndex.from_product([biggest, present], names=["item", "code"])
    found = bought.set_index(["item", "code"]).reindex(grid)[["revenue", "share"]].fillna(0.0).reset_index()
    return found.assign(
        row=found["item"].where(found["item"] != "", words("segments.unnamed")),
        column=[classes[code] for code in found["code"]],
        row_place=np.repeat(np.arange(len(biggest)), len(present)),
        column_place=found["code"],
        shade=found["share"] / max(float(found["share"].max()), 1e-9),
        note=[words.percent(share, 1) if share else "" for share in found["share"]],
        under="",
    )


def _show_buyers(
    shown: Shown, bought: tuple[Key, Period], side: Dimension, cells: pd.DataFrame, clicked: tuple[int, int]
) -> None:
    inside = (cells["row_place"] == clicked[0]) & (cells["column_place"] == clicked[1])
    if not inside.any():
        return
    cell = cells[inside].iloc[0]
    orders, _ = cached_views.orders_of(shown)
    who = buyers(orders, bought[0], str(cell["item"]), bought[1])
    ids = shown.tiering.base.customers["customer_id"].to_numpy()[side.codes == cell["code"]]
    drill_down.show_customers(
        drill_down.Listing(f"{cell['row']} × {cell['column']}", [customer for customer in ids if customer in who])
    )


def role_section(shown: Shown, words: Words) -> None:
    """Draw the roles of the products, with the rule above them."""
    orders, as_of = cached_views.orders_of(shown)
    rule = _rule(words)
    figures = cached_views.products(shown, shown.tiering.scenario.window_months)
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
    drill_down.table("roles", listed, labels, None)
    drill_down.download("product-roles", listed, labels, words)
    _uptake(shown, rule, words)


def _uptake(shown: Shown, rule: RoleRule, words: Words) -> None:
    """How far each tier has taken up the new products."""
    (orders, as_of), tiering = cached_views.orders_of(shown), shown.tiering
    st.subheader(words("segments.uptake.title"), anchor=False)
    new = new_products(orders, as_of, rule.new_months)
    if not new:
        key = "segments.uptake.unknown" if new is None else "segments.uptake.none"
        st.info(words(key, months=rule.new_months, needed=2 * rule.new_months))
        return
    st.caption(words("segments.uptake.hint", n=len(new), months=rule.new_months))
    period = Period.months(as_of, rule.new_months)
    tiers = tier_dimension(tiering)
    uptake = new_product_uptake(orders, period, new, tiering.base.customers["customer_id"], tiers.codes)
    listed = uptake.assign(tier=list(tiers.classes)[: len(uptake)])
    labels = {
        "tier": words("customer.tier"),
        "buyers": words("segments.uptake.buyers"),
        "takers": words("segments.uptake.takers"),
        "taker_share": words("segments.uptake.taker_share"),
        "revenue": words("segments.uptake.revenue"),
        "revenue_share": words("segments.uptake.revenue_share"),
    }
    drill_down.table("uptake", listed, labels, None)
    drill_down.download("new-products-by-tier", listed, labels, words)


LIMITS = {
    "cash_share": ((1, 30), 5),
    "margin_lead": ((1, 30), 5),
    "new_months": ((1, 24), 6),
    "retire_share": ((1, 20), 2),
    "retire_fall": ((5, 90), 20),
    "retire_returns": ((1, 50), 10),
}


def kept_rule() -> RoleRule:
    """The rule as it was last set."""
    values = {name: int(choices.kept(name, default)) for name, (_, default) in LIMITS.items()}
    return RoleRule(
        new_months=values.pop("new_months"), **{name: percentage / 100 for name, percentage in values.items()}
    )


def _rule(words: Words) -> RoleRule:
    """The rule in a sentence, and its limits to move."""
    with st.popover(words("segments.role.rule")):
        for name, (span, default) in LIMITS.items():
            choices.number(name, words, span, default, unit="" if name == "new_months" else "%%")
    rule = kept_rule()
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
