"""Derived things, looked up by fingerprint and settings; a session's own data never enters a shared cache."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256

import pandas as pd
import pyarrow as pa
import streamlit as st

from sample_data import LANGUAGES as SAMPLE_LANGUAGES
from sample_data import SETS, load_canonical
from tiering.dataset import Dataset, SourceFacts
from tiering.decision.comparison import on_same_customers
from tiering.evaluate import (
    CustomerBase,
    Tiering,
    base_of_metrics,
    completed,
    default_as_of,
    ensure_something_to_tier_by,
    tier_customers,
    with_side_figures,
)
from tiering.ingest.clean.merging import merged
from tiering.ingest.clean.population import excluded_ids, selected_population
from tiering.metrics import customer_metrics
from tiering.movement.in_force import in_force
from tiering.scenario import Scenario
from tiering.scenario.population import Population
from tiering.strategy.evidence import Evidence, evidence_of
from tiering.ui.base import state
from tiering.views.concentration import ParetoCurve, pareto_curve
from tiering.words import LANGUAGES, Language
from tiering.words.locale import FALLBACK

BaseKey = tuple[str, str, date | None]


@dataclass(frozen=True)
class Shown:
    """What every page shows: the data, the tiering of the scenario, and that of the baseline."""

    dataset: Dataset
    tiering: Tiering
    baseline: Tiering

    @property
    def base_key(self) -> BaseKey:
        """Key of the customer base: no weight and no line changes it."""
        return base_key(self.dataset, self.tiering.scenario)


def shown_dataset() -> Dataset:
    """The session's data with the customers that are tiered."""
    whole, population = whole_dataset(), state.choices().scenario.population
    if population.is_everybody:
        return whole
    return _selected_population(whole.fingerprint, population.model_dump_json(), _dataset=whole, _population=population)


def left_out_number() -> int:
    """How many customers of the session's data are not tiered."""
    whole, population = whole_dataset(), state.choices().scenario.population
    if population.is_everybody:
        return 0
    return _left_out(whole.fingerprint, population.model_dump_json(), _dataset=whole, _population=population)


def whole_dataset() -> Dataset:
    """The session's data as it was taken in: its own, or the chosen sample in its language."""
    now = state.choices()
    return now.dataset if now.dataset is not None else sample_dataset(now.sample, now.language)


def shown() -> Shown:
    """Data and tiers as the session's choices say; the scenario is completed on first sight of the data.

    Raises
    ------
    DataProblem
        As in ``customer_base`` and ``evaluate``; pages show its sentence in place of their content.
    """
    dataset = shown_dataset()
    base = base_of(dataset, state.choices().scenario)
    ensure_something_to_tier_by(base, state.choices().scenario)
    scenario = completed(state.choices().scenario, base)
    if scenario != state.choices().scenario or state.choices().baseline is None:
        state.complete_scenario(scenario)
    baseline = state.choices().baseline or scenario
    return Shown(dataset, _tiering(dataset, scenario), _baseline_on(dataset, base, scenario, baseline))


def base_of(dataset: Dataset, scenario: Scenario) -> CustomerBase:
    """Customer base of the data at the scenario's date: from the session's cache, of a sample from that of all.

    Asks for none of the session's choices, so that a thread may call it while a callback holds them.
    """
    return _cached_base(_sample_base if dataset.fingerprint in _sample_prints() else _base, dataset, scenario)


def warm_sample(language: Language) -> None:
    """Have ready what the first page of a new session shows."""
    now = state.Choices(language=language)
    _cached_base(_sample_base, sample_dataset(now.sample, language), now.scenario)


def _cached_base(bases: Callable[..., CustomerBase], dataset: Dataset, scenario: Scenario) -> CustomerBase:
    return bases(base_key(dataset, scenario), _dataset=dataset, _scenario=scenario)


def base_key(dataset: Dataset, scenario: Scenario) -> BaseKey:
    """All that a customer base depends on: the data with the customers that are tiered, choices, and the date."""
    as_of = scenario.as_of or default_as_of(dataset)
    return dataset.fingerprint, scenario.key(lambda touches: touches.base), as_of


def pareto(shown: Shown) -> ParetoCurve:
    """Pareto curve of the customers shown; no slider changes it."""
    return _pareto(shown.base_key, _base=shown.tiering.base)


def evidence(shown: Shown) -> Evidence:
    """What the recommendations read of each customer; no slider changes it."""
    return _evidence(shown.base_key, _base=shown.tiering.base)


@st.cache_resource(max_entries=6, show_spinner=False)
def sample_dataset(key: str, language: Language) -> Dataset:
    """A sample set as a dataset; shared by all sessions, its tables are immutable.

    In a language that the sample does not speak its companies are those of the fallback.
    """
    orders, customers = load_canonical(key, language if language in SAMPLE_LANGUAGES else FALLBACK)
    sources = (
        SourceFacts("orders", "orders", read=orders.num_rows, used=orders.num_rows),
        SourceFacts("customers", "customers", read=customers.num_rows, used=customers.num_rows),
    )
    return Dataset(orders, customers, pa.table({}), sources, _sample_print(key, language), currency="¥")


def _sample_print(key: str, language: Language) -> str:
    return sha256(f"sample:{key}:{language}".encode()).hexdigest()


@cache
def _sample_prints() -> frozenset[str]:
    return frozenset(_sample_print(key, language) for key in SETS for language in LANGUAGES)


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def _left_out(fingerprint: str, settings: str, _dataset: Dataset, _population: Population) -> int:
    return len(excluded_ids(merged(_dataset, _population.merges), _population))


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def _selected_population(fingerprint: str, settings: str, _dataset: Dataset, _population: Population) -> Dataset:
    return selected_population(_dataset, _population)


@st.cache_resource(max_entries=6, show_spinner=False)
def _sample_base(key: BaseKey, _dataset: Dataset, _scenario: Scenario) -> CustomerBase:
    """Base of a sample: what everybody may see is counted once for all sessions."""
    as_of = key[2]
    assert as_of is not None, "samples have orders"
    since = _scenario.newcomers.orders_from
    metrics = customer_metrics(_dataset.orders, [as_of], window_months=_scenario.window_months, orders_from=since)
    return base_of_metrics(_dataset, _scenario, as_of, metrics)


@st.cache_resource(scope="session", max_entries=4, show_spinner=False)
def _base(key: BaseKey, _dataset: Dataset, _scenario: Scenario) -> CustomerBase:
    fingerprint, _, as_of = key
    if _dataset.orders is None or as_of is None:
        return base_of_metrics(_dataset, _scenario, as_of, None)
    since = _scenario.newcomers.orders_from
    metrics = _metrics(fingerprint, _scenario.window_months, (as_of, since), _dataset=_dataset)
    told = _side_figures(fingerprint, _scenario.window_months, as_of, _known=(_dataset, _scenario, metrics))
    return base_of_metrics(told, _scenario, as_of, metrics)


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def _side_figures(
    fingerprint: str, window_months: int, as_of: date, _known: tuple[Dataset, Scenario, pd.DataFrame]
) -> Dataset:
    """The data with the figures of payments and contacts at a date; scales changed do not count them again."""
    dataset, scenario, metrics = _known
    return with_side_figures(dataset, scenario, as_of, metrics)


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def _metrics(fingerprint: str, window_months: int, at: tuple[date, date | None], _dataset: Dataset) -> pd.DataFrame:
    """What the orders tell at a date; indicators switched on or scales changed do not read them again."""
    return customer_metrics(_dataset.orders, [at[0]], window_months=window_months, orders_from=at[1])


@st.cache_resource(scope="session", max_entries=4, show_spinner=False)
def _pareto(key: BaseKey, _base: CustomerBase) -> ParetoCurve:
    return pareto_curve(_base.revenue)


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def _evidence(key: BaseKey, _base: CustomerBase) -> Evidence:
    return evidence_of(_base)


def _tiering(dataset: Dataset, scenario: Scenario) -> Tiering:
    return _tiers(dataset.fingerprint, scenario.model_dump_json(), _dataset=dataset, _scenario=scenario)


@st.cache_resource(scope="session", max_entries=3, show_spinner=False)
def _tiers(fingerprint: str, settings: str, _dataset: Dataset, _scenario: Scenario) -> Tiering:
    return in_force(tier_customers(base_of(_dataset, _scenario), _scenario), _dataset)


def _baseline_on(dataset: Dataset, base: CustomerBase, scenario: Scenario, baseline: Scenario) -> Tiering:
    """Baseline tiers for the same customers: at the scenario's date and window, with the baseline's own rule."""
    return _tiering(dataset, completed(on_same_customers(baseline, scenario), base))
