"""What the views ask of the orders, looked up by data and settings in the session's own cache."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pyarrow as pa
import streamlit as st

from tiering.ui.cached import Shown
from tiering.views.products import product_figures
from tiering.views.sales import Basis, Key, Period, sales_by


def orders_of(shown: Shown) -> tuple[pa.Table, date]:
    """The order lines and the date they are looked at; to be asked only where there are orders."""
    orders, as_of = shown.dataset.orders, shown.tiering.base.as_of
    assert orders is not None, "ask only where there are orders"
    assert as_of is not None, "orders have a last date"
    return orders, as_of


def sales(shown: Shown, key: Key, months: int | None, basis: Basis) -> pd.DataFrame:
    """Sales by customer, product or category of the last ``months`` (None: all so far)."""
    orders, as_of = orders_of(shown)
    return _sales(shown.dataset.fingerprint, as_of, (key, months, basis), _orders=orders)


def products(shown: Shown, months: int) -> pd.DataFrame:
    """Figures of each product in the window."""
    orders, as_of = orders_of(shown)
    return _products(shown.dataset.fingerprint, as_of, months, _orders=orders)


@st.cache_resource(scope="session", max_entries=6, show_spinner=False)
def _sales(fingerprint: str, as_of: date, asked: tuple[Key, int | None, Basis], _orders: pa.Table) -> pd.DataFrame:
    key, months, basis = asked
    return sales_by(_orders, key, Period.months(as_of, months), basis)


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def _products(fingerprint: str, as_of: date, months: int, _orders: pa.Table) -> pd.DataFrame:
    return product_figures(_orders, as_of, months)
