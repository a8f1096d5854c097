"""A scenario file holds choices, seal and log; it comes back as it was and gives the same tiers."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from tests.decision.four_customers import FOUR, LINES, scheme, tiered
from tests.scenario_texts import scenario_from_json, scenario_to_json
from tests.small_data import dataset, order_lines
from tiering.decision.saved import (
    MOST_MARKED,
    Entry,
    Saved,
    check_seal,
    merged_logs,
    saved_from_json,
    saved_to_json,
    seal_of,
)
from tiering.evaluate import evaluate, tiers_hash
from tiering.problems import DataProblem, Problem
from tiering.scenario import Scenario
from tiering.words import Words
from tiering.words.sentences import problem_sentence

EARLY = Entry(day=date(2026, 9, 1), verdict="discarded", subject="华东", reason="影响太大", by="李", moved=12)
LATE = Entry(day=date(2026, 9, 30), verdict="accepted", subject="华东 2", moved=3)


def refused(text: str) -> DataProblem:
    with pytest.raises(DataProblem) as raised:
        saved_from_json(text)
    return raised.value


def test_choices_seal_and_log_come_back_from_the_file() -> None:
    tiering = tiered(80, 40, name="华东")
    saved = Saved(tiering.scenario, seal_of(tiering, FOUR), (EARLY, LATE))
    assert saved_from_json(saved_to_json(saved)) == saved


def test_saved_and_loaded_again_the_scenario_gives_the_same_hash() -> None:
    before = evaluate(FOUR, Scenario())
    scenario = saved_from_json(saved_to_json(Saved(before.scenario, seal_of(before, FOUR)))).scenario
    after = evaluate(dataset(order_lines(*reversed(LINES), columns=("cost",))), scenario)
    assert tiers_hash(after) == tiers_hash(before)


def test_who_reads_the_choices_alone_can_read_the_same_file() -> None:
    tiering = tiered(80, 40)
    assert scenario_from_json(saved_to_json(Saved(tiering.scenario, seal_of(tiering, FOUR)))) == tiering.scenario


@pytest.mark.parametrize("text", ['{"version": 1, "window_months": 6}', scenario_to_json(Scenario(window_months=6))])
def test_a_file_without_a_seal_is_taken_as_it_is(text: str) -> None:
    assert saved_from_json(text) == Saved(Scenario(window_months=6), None, ())


def test_the_file_names_no_customer() -> None:
    tiering = tiered(80, 40)
    text = saved_to_json(Saved(tiering.scenario, seal_of(tiering, FOUR)))
    assert [who for who, *_ in LINES if who in text] == []


@pytest.mark.parametrize(
    ("edit", "where"),
    [
        ({"seal": {"fingerprint": "f", "tiers_hash": "h", "customers": -4}}, "seal.customers"),
        ({"seal": {"tiers_hash": "h", "customers": 4}}, "seal.fingerprint"),
        ({"seal": 5}, "seal"),
        ({"log": [{"day": "yesterday", "verdict": "accepted", "subject": "A"}]}, "log.0.day"),
        ({"log": [{"day": "2026-09-30", "verdict": "perhaps", "subject": "A"}]}, "log.0.verdict"),
        ({"weights": {"growth": "many"}}, "weights.growth"),
        ({"as_of": "soon"}, "as_of"),
    ],
)
def test_a_file_edited_by_hand_into_something_else_names_the_field(edit: dict[str, object], where: str) -> None:
    fields = json.loads(saved_to_json(Saved(scheme(80, 40))))
    problem = refused(json.dumps({**fields, **edit}))
    assert problem.code.startswith("scenario_")
    assert problem.facts["where"] == where


def test_same_data_and_choices_are_the_same_in_everything() -> None:
    seal = seal_of(tiered(80, 40), FOUR)
    check = check_seal(seal, tiered(80, 40), FOUR)
    assert (check.same_data, check.same_tiers, check.is_listed) == (True, True, True)
    assert (check.rows.size, check.new, check.gone) == (0, 0, 0)


def test_other_data_lists_who_stands_elsewhere_who_is_new_and_who_is_gone() -> None:
    seal = seal_of(tiered(80, 40), FOUR)
    # east as before; north has gone silent, south buys again; west is gone, centre is new
    lines = [LINES[0], ("north", "2025-10-02", "3000.00", "1.00"), ("south", "2025-12-31", "2000.00", "1.00")]
    later = replace(
        dataset(order_lines(*lines, ("centre", "2025-12-31", "10.00", "1.00"), columns=("cost",))), fingerprint="later"
    )
    now = tiered(80, 40, data=later)
    check = check_seal(seal, now, later)
    ids = now.base.customers["customer_id"]
    assert (check.same_data, check.same_tiers, check.is_listed) == (False, False, True)
    assert [(ids[row], was) for row, was in zip(check.rows, check.before, strict=True)] == [
        ("north", "B"),
        ("south", "C"),
    ]
    assert (check.new, check.gone) == (1, 1)


def test_other_choices_on_the_same_data_are_told_from_other_data() -> None:
    check = check_seal(seal_of(tiered(80, 40), FOUR), tiered(30, 20), FOUR)
    assert (check.same_data, check.same_tiers) == (True, False)
    assert check.before == ("B", "C")


def test_too_many_customers_leave_the_file_small_and_the_hash_telling() -> None:
    many = MOST_MARKED + 1
    big = dataset(order_lines(*[(f"C{k}", "2025-12-31", f"{k}.00") for k in range(many)]))
    seal = seal_of(evaluate(big, Scenario(weights={"annual_revenue": 1})), big)
    assert (seal.customers, seal.marks) == (many, {})
    check = check_seal(seal, tiered(80, 40), FOUR)
    assert (check.same_tiers, check.is_listed) == (False, False)


def test_marks_that_were_edited_are_no_marks() -> None:
    seal = seal_of(tiered(80, 40), FOUR).model_copy(update={"marks": {"A": "not base 64!"}})
    assert not check_seal(seal, tiered(30, 20), FOUR).is_listed


def test_logs_are_joined_by_day_and_no_entry_stands_twice() -> None:
    assert merged_logs((LATE,), (EARLY, LATE)) == (EARLY, LATE)


@pytest.mark.parametrize(
    ("fields", "found", "alike"),
    [
        ({"weights": {"annual_revenue": 100, "anual_orders": 50}}, ["anual_orders"], "annual_orders"),
        ({"weights": {"annual_revenue": 100}, "measures": {"switched": {"margins": True}}}, ["margins"], "margin"),
        ({"weights": {"annual_revenue": 100, "ordres": 50}}, ["ordres"], "annual_orders"),
        ({"weights": {"own:Colour": 5}, "measures": {"own": [{"column": "Color"}]}}, ["own:Colour"], "own:Color"),
    ],
)
def test_an_indicator_nobody_knows_is_refused_with_the_one_most_like_it(
    fields: dict[str, object], found: list[str], alike: str
) -> None:
    problem = refused(json.dumps(fields))
    assert (problem.code, problem.facts["found"]) == (Problem.INDICATOR_UNKNOWN, found)
    for language in ("en", "zh"):
        said = problem_sentence(problem, Words(language))
        assert found[0] in said
        assert alike in said  # as the file needs it written


def test_where_nothing_is_like_it_all_indicators_are_named_as_a_file_needs_them() -> None:
    said = problem_sentence(refused('{"weights": {"zzzz": 5}}'), Words("en"))
    assert "annual_revenue, margin, growth" in said
