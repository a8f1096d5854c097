"""Every way of drawing lines has all its parts, and what there is of it is found by its kind alone."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from tests.decision.four_customers import FOUR
from tests.scenario_texts import scenario_from_json, scenario_to_json
from tiering.evaluate import customer_base, evaluate, tiers_hash
from tiering.problems import DataProblem, Problem
from tiering.said.ways import SAYINGS, tier_sentences
from tiering.scenario import Scenario, drawn_in
from tiering.scenario.ways import CHOICES, KINDS
from tiering.scenario.ways.way import registered_ways
from tiering.tiers.indicator_values import readings
from tiering.tiers.ways import DRAWINGS, Start, proposed
from tiering.ui.pages.tiers.ways.panel import PARTS
from tiering.words import LANGUAGES, Words

ROOT = Path(__file__).parents[2]
WEIGHTS = {"annual_revenue": 60, "recency_days": 40}


def proposed_scenario(kind: str, tiers: int = 4) -> Scenario:
    # chosen names: of the usual ones so few customers would get fewer
    start = Scenario(tiers=tuple("ABCDEF"[:tiers]), weights=WEIGHTS)
    known = customer_base(FOUR, start, FOUR.last_order_date).readings
    way = proposed(kind, Start(known, WEIGHTS, tiers, (100.0,) * tiers, 1600.0))
    return start.model_copy(update=drawn_in(way))


@pytest.mark.parametrize("parts", [CHOICES, DRAWINGS, SAYINGS, PARTS], ids=["choices", "drawing", "saying", "panel"])
def test_each_layer_has_its_part_of_every_way_and_of_no_other(parts: Mapping[str, object]) -> None:
    assert parts.keys() == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("tiers", [2, 4, 6])
def test_what_a_way_proposes_fits_its_tiers_and_no_other_number(kind: str, tiers: int) -> None:
    drawn = evaluate(FOUR, proposed_scenario(kind, tiers)).scenario.drawn
    assert drawn is not None
    assert drawn.kind == kind
    assert [number for number in range(2, 7) if drawn.fits(number)] == [tiers]


@pytest.mark.parametrize("kind", KINDS)
def test_a_way_with_lines_by_score_gives_one_fewer_than_tiers_and_another_none(kind: str) -> None:
    tiering = evaluate(FOUR, proposed_scenario(kind))
    assert len(tiering.positions) == (3 if CHOICES[kind].by_score else 0)
    assert tiering.scenario.drawn_by_score == CHOICES[kind].by_score


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_way_says_of_each_tier_what_it_takes(kind: str, language: str) -> None:
    said = tier_sentences(evaluate(FOUR, proposed_scenario(kind)), Words(language))  # type: ignore[arg-type]
    assert len(said) == 4
    assert all(said)


@pytest.mark.parametrize("kind", KINDS)
def test_every_way_comes_back_from_its_file(kind: str) -> None:
    scenario = evaluate(FOUR, proposed_scenario(kind)).scenario
    again = scenario_from_json(scenario_to_json(scenario))
    assert again == scenario
    assert tiers_hash(evaluate(FOUR, again)) == tiers_hash(evaluate(FOUR, scenario))


def test_a_way_nobody_knows_is_refused_with_those_there_are() -> None:
    with pytest.raises(DataProblem) as raised:
        scenario_from_json(json.dumps({"way": {"kind": "by dice"}}))
    assert raised.value.code == Problem.SCENARIO_CHOICE
    assert raised.value.facts == {"where": "way", "options": "'standards', 'capacity'"}
    with pytest.raises(KeyError):
        proposed("by dice", Start(readings(pd.DataFrame()), {}, 4, (), 1600.0))


def test_two_modules_that_claim_one_way_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "claimed_twice"
    package.mkdir()
    for name in ("__init__", "one", "other"):
        (package / f"{name}.py").write_text("" if name == "__init__" else 'WAYS = {"score": 1}\n', encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ValueError, match="'score'"):
        registered_ways("claimed_twice")


def test_the_recipe_names_as_many_files_as_a_way_has() -> None:
    recipe = (
        (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("- **A way of drawing lines** (4 code files)")[1]
    )
    rooms = re.findall(r"`(tiering/[a-z/]+/ways/)`", recipe.split("\n- **")[0])
    assert len(rooms) == 4
    assert all(
        {f"{kind}.py" for kind in ("standards", "capacity")} <= {path.name for path in (ROOT / room).iterdir()}
        for room in rooms
    )


@pytest.mark.parametrize("kind", ["standards", "capacity"])
def test_a_way_stands_in_four_code_files_and_nowhere_else(kind: str) -> None:
    own = {
        ROOT / "tiering" / room / f"{kind}.py"
        for room in ("scenario/ways", "tiers/ways", "said/ways", "ui/pages/tiers/ways")
    }
    assert all(path.is_file() for path in own)
    told_apart = re.compile(rf"isinstance\([^)]*\b{kind.title()}\b|case {kind.title()}\b|== \"{kind}\"")
    elsewhere = [path for path in (ROOT / "tiering").rglob("*.py") if path not in own]
    assert [path for path in elsewhere if told_apart.search(path.read_text(encoding="utf-8"))] == []
