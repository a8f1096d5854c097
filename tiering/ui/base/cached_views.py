"""What views, schemes and strategy ask of the orders, looked up by data and settings in the session's own cache."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import streamlit as st

from tiering.dataset import Dataset
from tiering.decision.comparison import Comparison, compare
from tiering.evaluate import CustomerBase, Tiering, completed, tier_customers
from tiering.ingest.clean.population import selected_population
from tiering.metrics.windows import months_before
from tiering.movement.in_force import in_force
from tiering.scenario import Scenario
from tiering.strategy.actions import Action, actions
from tiering.strategy.evidence import Evidence
from tiering.strategy.look_alikes import Spending, category_spending
from tiering.strategy.recommend import recommendations
from tiering.strategy.resources.levels import Allocation, allocation
from tiering.ui.base import cached
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


def tiering_of(shown: Shown, scenario: Scenario) -> Tiering:
    """Tiers of a scheme on the data shown, at the date shown: with its own window, basis, scales and lines."""
    return tiering_at_its_date(shown, scenario.model_copy(update={"as_of": shown.tiering.scenario.as_of}))


def tiering_at_its_date(shown: Shown, scenario: Scenario) -> Tiering:
    """Tiers of a scheme on the data shown, at the scheme's own date."""
    if scenario == shown.tiering.scenario:
        return shown.tiering
    return _tiers(shown.dataset.fingerprint, scenario.model_dump_json(), _shown=shown, _scenario=scenario)


def comparison_of(shown: Shown, first: Scenario, second: Scenario) -> Comparison:
    """The first scheme against the second on the data shown."""
    settings = (first.model_dump_json(), second.model_dump_json(), str(shown.tiering.scenario.as_of))
    return _compared(shown.dataset.fingerprint, settings, _shown=shown, _pair=(first, second))


@st.cache_resource(scope="session", max_entries=32, show_spinner=False)
def _tiers(fingerprint: str, settings: str, _shown: Shown, _scenario: Scenario) -> Tiering:
    dataset = _dataset_for(_shown, _scenario)
    base = cached.base_of(dataset, _scenario)
    return in_force(tier_customers(base, completed(_scenario, base)), dataset)


def _dataset_for(shown: Shown, scenario: Scenario) -> Dataset:
    """The data with the customers that the scheme itself is about."""
    if scenario.population == shown.tiering.scenario.population:
        return shown.dataset
    return selected_population(cached.whole_dataset(), scenario.population)


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def _compared(
    fingerprint: str, settings: tuple[str, ...], _shown: Shown, _pair: tuple[Scenario, Scenario]
) -> Comparison:
    first, second = (tiering_of(_shown, scenario) for scenario in _pair)
    return compare(first, second)


def best_allocation(shown: Shown) -> Allocation:
    """The best service levels of the customers shown."""
    return _allocation(*_key(shown), _tiering=shown.tiering)


def actions_of(shown: Shown) -> tuple[Action, ...]:
    """All actions of the customers shown."""
    evidence = cached.evidence(shown)
    return _actions(*_key(shown), date.today(), _known=(shown.tiering, evidence, _spent(shown)))


def _spent(shown: Shown) -> Spending | None:
    orders, months = shown.dataset.orders, shown.tiering.scenario.window_months
    return None if orders is None else _spending(shown.base_key, months, _base=shown.tiering.base, _orders=orders)


def _key(shown: Shown) -> tuple[BaseKey, str]:
    return shown.base_key, shown.tiering.scenario.model_dump_json()


@st.cache_resource(scope="session", max_entries=3, show_spinner=False)
def _allocation(base: BaseKey, scenario: str, _tiering: Tiering) -> Allocation:
    return allocation(_tiering)


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def _spending(base: BaseKey, months: int, _base: CustomerBase, _orders: pa.Table) -> Spending:
    return category_spending(_base, months, _orders)


@st.cache_resource(scope="session", max_entries=3, show_spinner=False)
def _actions(
    base: BaseKey, scenario: str, today: date, _known: tuple[Tiering, Evidence, Spending | None]
) -> tuple[Action, ...]:
    tiering, evidence, spent = _known
    return actions(tiering, evidence, recommendations(tiering, evidence), spent, today)
