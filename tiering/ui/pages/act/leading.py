"""Products to lead with, and not, out of the orders: the parts products play."""

from __future__ import annotations

import streamlit as st

from tiering.metrics.history import history_months
from tiering.ui.base import cached_views, frame
from tiering.ui.base.cached import Shown
from tiering.ui.pages.money.products import kept_rule
from tiering.views.products import product_roles
from tiering.words import Words

MOST = 5


def leading_products(shown: Shown, words: Words) -> None:
    """Draw the value-added and new products, and those to be retired; nothing where no product is named."""
    orders, as_of = shown.dataset.orders, shown.tiering.base.as_of
    if orders is None or as_of is None or "product" not in orders.column_names:
        return
    figures = cached_views.products(shown, shown.tiering.scenario.window_months)
    roles = product_roles(figures, kept_rule(), history_months(orders, as_of))
    for key, parts in (("lead_with", ("value", "new")), ("avoid", ("retire",))):
        names = [str(name) for name in figures["item"][[role in parts for role in roles]] if name][:MOST]
        if names:
            st.caption(frame.plain(words(f"playbook.{key}", names=words.listed(names))))
