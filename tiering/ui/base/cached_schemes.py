"""Tiers of any scheme and the comparison of two, looked up by data and choices in the session's own cache."""

from __future__ import annotations

import streamlit as st

from tiering.dataset import Dataset
from tiering.decision.comparison import Comparison, compare
from tiering.evaluate import Tiering, completed, tier_customers
from tiering.ingest.clean.population import peopled
from tiering.movement.in_force import in_force
from tiering.scenario import Scenario
from tiering.ui.base import cached
from tiering.ui.base.cached import Shown


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
    return peopled(cached.whole_dataset(), scenario.population)


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def _compared(
    fingerprint: str, settings: tuple[str, ...], _shown: Shown, _pair: tuple[Scenario, Scenario]
) -> Comparison:
    first, second = (tiering_of(_shown, scenario) for scenario in _pair)
    return compare(first, second)
