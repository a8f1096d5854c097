"""Scenarios as the text of a file and back, by the way that files go."""

from __future__ import annotations

from tiering.decision.saved import Saved, saved_from_json, saved_to_json
from tiering.scenario import Scenario


def scenario_to_json(scenario: Scenario) -> str:
    return saved_to_json(Saved(scenario))


def scenario_from_json(text: str) -> Scenario:
    return saved_from_json(text).scenario
