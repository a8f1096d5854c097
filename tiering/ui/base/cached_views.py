"""What the views ask of the orders, looked up by data and settings in the session's own cache."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import streamlit as st

from tiering.metrics.windows import months_before
from tiering.ui.base.cached import BaseKey, Shown
from tiering.views.clusters import Clusters, Scaled, Trial, clusters, trials
from tiering.views.products import product_figures
from tiering.views.sales import Basis, Key, Period, sales_by
from tiering.views.serving import serving_counts

YEAR = 12


def orders_of(shown: Shown) -> tuple[pa.Table, date]:
    """The order lines and the date they are looked at; to be asked only where there are orders."""
    orders, as_of = shown.dataset.orders, shown.tiering.base.as_of
    assert orders is not None, "ask only where there are orders"
    assert as_of is not None, "orders have a last date"
    return orders, as_of


def sales(shown: Shown, key: Key, months: int | None, basis: Basis) -> pd.DataFrame:
    """Sales by customer, product or category of the last ``months`` (None: all so far)."""
    orders, as_of = orders_of(shown)
    period = Period.months(as_of, months)
    return _sales(shown.dataset.fingerprint, (period.start, period.end), (key, basis), _orders=orders)


def half_year_before(shown: Shown) -> pd.Series:
    """Revenue by customer of the same months as the window's later half, a year earlier."""
    orders, as_of = orders_of(shown)
    half = shown.tiering.scenario.window_months // 2
    days = (months_before(as_of, YEAR + half), months_before(as_of, YEAR))
    basis = shown.tiering.scenario.revenue
    sold = _sales(shown.dataset.fingerprint, days, ("customer_id", basis), _orders=orders)
    return pd.Series(sold["revenue"].to_numpy(), index=sold["item"].to_numpy())


def products(shown: Shown, months: int) -> pd.DataFrame:
    """Figures of each product in the window."""
    orders, as_of = orders_of(shown)
    return _products(shown.dataset.fingerprint, as_of, months, _orders=orders)


def served(shown: Shown, months: int) -> pd.DataFrame:
    """Orders and returned lines of each customer in the window."""
    orders, as_of = orders_of(shown)
    return _served(shown.dataset.fingerprint, as_of, months, _orders=orders)


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def _served(fingerprint: str, as_of: date, months: int, _orders: pa.Table) -> pd.DataFrame:
    return serving_counts(_orders, Period.months(as_of, months))


@st.cache_resource(scope="session", max_entries=6, show_spinner=False)
def _sales(
    fingerprint: str, days: tuple[date | None, date], asked: tuple[Key, Basis], _orders: pa.Table
) -> pd.DataFrame:
    return sales_by(_orders, asked[0], Period(*days), asked[1])


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def _products(fingerprint: str, as_of: date, months: int, _orders: pa.Table) -> pd.DataFrame:
    return product_figures(_orders, as_of, months)


def names_by_id(shown: Shown) -> pd.Series:
    """Name of each customer that has one, by id."""
    return _names(shown.base_key, _customers=shown.tiering.base.customers)


def cluster_trials(shown: Shown, rows: Scaled) -> tuple[Trial, ...]:
    """Fit and stability of each number of clusters in chosen indicators."""
    return _cluster_trials(shown.base_key, (*rows.keys, rows.scale), _values=rows.values)


def clustered(shown: Shown, rows: Scaled, k: int) -> Clusters:
    """The customers in ``k`` clusters."""
    return _clustered(shown.base_key, (*rows.keys, rows.scale), k, _rows=rows, _revenue=shown.tiering.base.revenue)


@st.cache_resource(scope="session", max_entries=8, show_spinner=False)
def _cluster_trials(base: BaseKey, keys: tuple[str, ...], _values: np.ndarray) -> tuple[Trial, ...]:
    return trials(_values)


@st.cache_resource(scope="session", max_entries=8, show_spinner=False)
def _clustered(base: BaseKey, keys: tuple[str, ...], k: int, _rows: Scaled, _revenue: np.ndarray) -> Clusters:
    return clusters(_rows.values, k, _revenue[_rows.rows])


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def _names(base: BaseKey, _customers: pd.DataFrame) -> pd.Series:
    if "customer_name" not in _customers:
        return pd.Series([], index=pd.Index([], dtype=object), dtype=object)
    return pd.Series(_customers["customer_name"].to_numpy(), index=_customers["customer_id"].to_numpy()).dropna()
