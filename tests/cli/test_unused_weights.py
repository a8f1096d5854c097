"""Weights on indicators the data lacks are named with their share, by every command and by the page alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.scenario_texts import scenario_to_json
from tests.small_data import dataset, order_lines
from tiering.evaluate import evaluate
from tiering.scenario import Scenario
from tiering.ui.pages.tiers.live import goal_notes
from tiering.words import Words

# of 150 points of weight 110 lie on a margin without costs and on a satisfaction nobody asked for
WEIGHTS = {"margin": 60, "annual_revenue": 40, "satisfaction": 50}
ENGLISH = "73% of these weights lie on indicators that this data lacks or that are off: "
NAMES = {
    "en": "Gross margin, Satisfaction",
    "zh": "毛利额、满意度",
}


def scheme(folder: Path, weights: dict[str, int], name: str = "s") -> Path:
    path = folder / f"{name}.json"
    path.write_text(scenario_to_json(Scenario(weights=weights)), encoding="utf-8")
    return path


@pytest.mark.parametrize("language", NAMES)
def test_tier_names_them_in_the_language_asked_for(run: Run, orders: Path, tmp_path: Path, language: str) -> None:
    scenario = scheme(tmp_path, WEIGHTS)
    said = run("tier", orders, "--out", tmp_path / "t.csv", "--scenario", scenario, "--lang", language).said
    assert "73%" in said
    assert NAMES[language] in said


def test_report_names_them(run: Run, orders: Path, tmp_path: Path) -> None:
    out = tmp_path / "paper.html"
    said = run("report", orders, "--kind", "html", "--out", out, "--scenario", scheme(tmp_path, WEIGHTS)).said
    assert ENGLISH + NAMES["en"] in said


def test_compare_names_them_for_the_scheme_that_has_them(run: Run, orders: Path, tmp_path: Path) -> None:
    first, second = scheme(tmp_path, WEIGHTS, "a"), scheme(tmp_path, {"annual_revenue": 1}, "b")
    said = run("compare", first, second, orders, "--out", tmp_path / "out.csv").said
    assert f"a.json: {ENGLISH}{NAMES['en']}" in said
    assert "b.json: 1" not in said
    assert said.count("of these weights") == 1


def test_weights_the_data_can_answer_are_not_mentioned(run: Run, orders: Path, tmp_path: Path) -> None:
    scenario = scheme(tmp_path, {"annual_revenue": 40, "margin": 0})
    assert "of these weights" not in run("tier", orders, "--out", tmp_path / "t.csv", "--scenario", scenario).said


@pytest.mark.parametrize("goal", ["balanced", "own"])
def test_the_page_names_the_five_weightiest_also_of_own_weights(goal: str) -> None:
    foreign = {f"gone{place}": 50 - place for place in range(7)}
    scenario = Scenario(goal=goal, weights={"annual_revenue": 40, **foreign})  # type: ignore[arg-type]
    (note,) = goal_notes(evaluate(dataset(order_lines(("a", "2025-12-31", "9")), None), scenario), Words("en"))[-1:]
    assert [name in note for name in foreign] == [True] * 5 + [False] * 2
    assert "2 more" in note
