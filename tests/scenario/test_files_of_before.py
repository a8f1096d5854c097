"""Scenario files as earlier versions wrote them load, and give the tiers they gave then."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.decision.four_customers import FOUR
from tests.scenario_texts import scenario_from_json, scenario_to_json
from tiering.decision.link import link_text, saved_of_link
from tiering.decision.saved import saved_from_json
from tiering.evaluate import evaluate, tier_names
from tiering.scenario import Cuts
from tiering.scenario.retired import WAYS as RETIRED
from tiering.scenario.ways import KINDS

FILES = {path.stem: path.read_text(encoding="utf-8") for path in (Path(__file__).parent / "before").glob("*.json")}
TIERS_THEN = json.loads((Path(__file__).parent / "tiers_before.json").read_text(encoding="utf-8"))
STAYED = sorted(name for name in FILES if name.split("_")[0] not in RETIRED)
WENT = sorted(FILES.keys() - set(STAYED))


def tiers_now(text: str) -> dict[str, str]:
    tiering = evaluate(FOUR, scenario_from_json(text))
    return dict(zip(tiering.base.customers["customer_id"], tier_names(tiering), strict=True))


def said_again(then: Any, now: Any) -> Any:
    """What is now at the places that the file of then fills; what was added later is left out."""
    if isinstance(then, dict) and isinstance(now, dict):
        return {key: said_again(value, now.get(key)) for key, value in then.items()}
    if isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        return [said_again(one, other) for one, other in zip(then, now, strict=True)]
    return now


def test_there_is_a_file_of_each_version_for_each_way_there_is_or_was() -> None:
    assert FILES.keys() == {f"{kind}_{version}" for kind in (*KINDS, *RETIRED) for version in (1, 2)}


@pytest.mark.parametrize("name", STAYED)
def test_a_file_of_before_gives_the_tiers_it_gave(name: str) -> None:
    assert scenario_from_json(FILES[name]).line_kind == name.split("_", maxsplit=1)[0]
    assert saved_from_json(FILES[name]).retired == ()
    assert tiers_now(FILES[name]) == TIERS_THEN[name]


@pytest.mark.parametrize("name", STAYED)
def test_nothing_of_a_file_of_before_is_lost_when_it_is_written_again(name: str) -> None:
    then, again = json.loads(FILES[name]), json.loads(scenario_to_json(scenario_from_json(FILES[name])))
    assert said_again(then, again) == then | {"version": 2}


@pytest.mark.parametrize("name", WENT)
def test_a_retired_way_leaves_the_tiers_to_the_lines_that_waited_beside_it(name: str) -> None:
    saved = saved_from_json(FILES[name])
    assert saved.retired == (name.split("_", maxsplit=1)[0],)
    assert (saved.scenario.way, saved.scenario.cuts) == (None, Cuts(lines=(80.0, 50.0, 20.0)))
    assert set(tiers_now(FILES[name]).values()) <= set("SABC")
    assert saved_of_link(link_text(saved.scenario)).retired == ()
