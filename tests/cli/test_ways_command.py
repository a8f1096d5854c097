"""A scenario file with any way of drawing lines runs over a file without the app, and says what it could not judge."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.scenario_texts import scenario_to_json
from tiering.scenario import Scenario
from tiering.scenario.ways.capacity import Capacity, TierCapacity
from tiering.scenario.ways.standards import Condition, Standards, TierRule

# 客3 bought for 900.25, K10 for 80.50 net in one order, K2 for 50.00
OVER_500 = TierRule(conditions=(Condition(indicator="annual_revenue", sign=">", value=500),))
WAYS = {
    "standards": (Standards(rules=(OVER_500,)), {"客3": "A", "K10": "B", "K2": "B"}),
    "capacity": (
        Capacity(hours_per_person=100, tiers=(TierCapacity(people=1, hours=100), TierCapacity(people=1, hours=1))),
        {"客3": "A", "K10": "B", "K2": "B"},
    ),
}


def scenario_file(folder: Path, scenario: Scenario) -> Path:
    path = folder / "scenario.json"
    path.write_text(scenario_to_json(scenario), encoding="utf-8")
    return path


def tiers_of(out: Path) -> dict[str, str]:
    with out.open(encoding="utf-8-sig", newline="") as file:
        return {row["customer_id"]: row["tier"] for row in csv.DictReader(file)}


@pytest.mark.parametrize("kind", WAYS)
def test_each_way_decides_the_tiers_of_a_file(run, orders, tmp_path, kind):
    way, expected = WAYS[kind]
    scenario = Scenario(tiers=("A", "B"), weights={"annual_revenue": 1}, way=way)
    out = tmp_path / "tiers.csv"
    outcome = run("tier", orders, "--out", out, "--scenario", scenario_file(tmp_path, scenario))
    assert outcome.status == 0, outcome.said
    assert tiers_of(out) == expected


def test_a_condition_on_a_column_the_file_lacks_is_told_and_met_by_nobody(run, orders, tmp_path):
    satisfied = Condition(indicator="satisfaction", sign=">=", value=4)
    rule = TierRule(conditions=(*OVER_500.conditions, satisfied))
    scenario = Scenario(tiers=("A", "B"), way=Standards(rules=(rule,)))
    out = tmp_path / "tiers.csv"
    outcome = run("tier", orders, "--out", out, "--scenario", scenario_file(tmp_path, scenario))
    assert outcome.status == 0
    assert "The rule of A asks for Satisfaction, which this data does not have: nobody can" in outcome.said
    assert tiers_of(out)["客3"] == "B"


@pytest.mark.parametrize(
    ("kind", "said"), [("breaks", "no longer a way of their own"), ("majority", "Put what was vetoed")]
)
def test_a_file_that_names_a_way_of_before_says_what_took_its_place(run, orders, tmp_path, kind, said):
    lines = {"kind": "score", "lines": [50.0]}
    before = {"tiers": ["A", "B"], "weights": {"annual_revenue": 1}, "cuts": lines, "way": {"kind": kind}}
    (tmp_path / "scenario.json").write_text(json.dumps(before), encoding="utf-8")
    outcome = run("tier", orders, "--out", tmp_path / "tiers.csv", "--scenario", tmp_path / "scenario.json")
    assert outcome.status == 0, outcome.said
    assert said in outcome.said
    assert tiers_of(tmp_path / "tiers.csv") == {"客3": "A", "K10": "B", "K2": "B"}


@pytest.mark.parametrize(
    "wrong",
    [
        '{"tiers": ["A", "B"], "way": {"kind": "standards", "rules": []}}',
        '{"way": {"kind": "by dice"}}',
        '{"tiers": ["A", "B"], "hues": ["red", "#123456"]}',
        '{"tiers": ["A", "B"], "hues": ["#123456"]}',
        '{"tiers": ["A", "B"], "way": {"kind": "capacity", "tiers": [{"people": 1, "hours": 0}]}}',
    ],
)
def test_a_way_that_cannot_be_used_is_refused_before_anything_is_written(run, orders, tmp_path, wrong):
    (tmp_path / "scenario.json").write_text(wrong, encoding="utf-8")
    outcome = run("tier", orders, "--out", tmp_path / "tiers.csv", "--scenario", tmp_path / "scenario.json")
    assert outcome.status != 0
    assert "scenario cannot be used" in outcome.said
    assert not (tmp_path / "tiers.csv").exists()
