"""Review rules hold a tier near a line, let it go when the score stays away, and never hide a rule of somebody's."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.movement.histories import BY_REVENUE, histories
from tests.scenario_texts import scenario_from_json, scenario_to_json
from tiering.movement.chain import tier_chain
from tiering.movement.review_rules import REASONS, ReviewedTiers, ReviewInput, held_tiers, record, review_inputs
from tiering.movement.snapshots import review_dates
from tiering.scenario import Scenario
from tiering.scenario.exceptions import AS_DRAWN, Review
from tiering.tiers.cuts import base_tiers

CASES = json.loads((Path(__file__).parents[1] / "truth" / "hysteresis.json").read_text("utf-8"))["cases"]
NAMES = "SAB"
LINES = (60_000, 40_000)


def reviews(scores: Sequence[float | None], rules: Review, newcomer: Sequence[bool] = ()) -> list[ReviewInput]:
    """Scores 0..100 of one customer at one review after another; None where there is none."""
    seen = []
    for at, score in enumerate(scores):
        milli = np.array([-1 if score is None else round(score * 1000)], dtype=np.int32)
        up, down = (tuple(round(line + s * 1000) for line in LINES) for s in (rules.entry, -rules.exit))
        is_new = np.array([bool(newcomer[at]) if newcomer else False])
        no = np.zeros(1, dtype=bool)
        seen.append(ReviewInput(base_tiers(milli, LINES), base_tiers(milli, up), base_tiers(milli, down), no, is_new))
    return seen


def held(scores: Sequence[float | None], rules: Review, newcomer: Sequence[bool] = ()) -> ReviewedTiers:
    return held_tiers(reviews(scores, rules, newcomer), rules, 3)


def letters(tiers: np.ndarray) -> str:
    return "".join((*NAMES, "-")[tier] for tier in tiers[:, 0])


def reasons(found: ReviewedTiers) -> list[str]:
    return [REASONS[reason] for reason in found.reasons[:, 0]]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_dead_band_and_two_quarters_stop_the_flapping_as_written_down(case) -> None:
    band = case["inputs"]["dead_band"] * 100
    rules = Review(entry=band, exit=band, confirm=case["inputs"]["down_needs_quarters"], stay=0, grace=0)
    scores = [score * 100 for score in case["inputs"]["scores"]]
    assert letters(held(scores, AS_DRAWN).tiers) == case["expected"]["naive"]
    assert letters(held(scores, rules).tiers) == case["expected"]["hysteresis"]


BAND = Review(entry=5, exit=5, confirm=2, stay=0, grace=0)


def test_a_held_tier_says_why() -> None:
    assert reasons(held([61, 58], BAND)) == ["none", "exit"]
    assert reasons(held([61, 50, 50], BAND)) == ["none", "confirm", "none"]
    assert reasons(held([58, 62, 66], BAND)) == ["none", "entry", "none"]


def test_a_fall_is_followed_as_far_as_all_reviews_confirm() -> None:
    assert letters(held([72, 50, 20, 20], BAND).tiers) == "SSAB"


def test_one_good_review_between_starts_the_count_anew() -> None:
    assert letters(held([66, 50, 62, 50, 50], BAND).tiers) == "SSSSA"


def test_a_rise_beyond_the_buffer_is_taken_at_once_over_two_tiers() -> None:
    assert letters(held([20, 80], BAND).tiers) == "BS"


def test_whoever_just_moved_stays_for_a_while() -> None:
    rules = BAND.model_copy(update={"stay": 3, "confirm": 1})
    found = held([50, 70, 30, 30, 30], rules)
    assert letters(found.tiers) == "ASSSB"
    assert reasons(found)[2:4] == ["stay", "stay"]


def test_a_newcomer_is_not_moved_down_but_may_rise() -> None:
    rules = Review(entry=0, exit=0, confirm=1, stay=0, grace=2)
    found = held([50, 30, 30, 30], rules, newcomer=[True, True, True, False])
    assert letters(found.tiers) == "AAAB"
    assert reasons(found) == ["none", "grace", "grace", "none"]
    assert letters(held([50, 70], rules, newcomer=[True, True]).tiers) == "AS"


def test_without_a_score_there_is_no_tier_and_the_next_one_starts_anew() -> None:
    assert letters(held([70, None, 41, 41], BAND).tiers) == "S-AA"


def test_what_was_decided_by_hand_holds_at_once() -> None:
    seen = reviews([70, 20], BAND)
    seen[1] = ReviewInput(seen[1].raw, seen[1].up, seen[1].down, np.array([True]), seen[1].newcomer)
    assert letters(held_tiers(seen, BAND, 3).tiers) == "SB"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0, 100), min_size=2, max_size=9))
def test_rules_of_nothing_leave_every_tier_as_it_is_drawn(scores) -> None:
    found = held(scores, AS_DRAWN)
    assert letters(found.tiers) == letters(np.array([review.raw for review in reviews(scores, AS_DRAWN)]))
    assert set(reasons(found)) == {"none"}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0, 100), min_size=2, max_size=9), st.integers(0, 20), st.integers(1, 4))
def test_inside_the_buffers_of_a_line_nobody_moves_and_beyond_nobody_is_held_up(scores, band, confirm) -> None:
    rules = Review(entry=band, exit=band, confirm=confirm, stay=0, grace=0)
    tiers = held(scores, rules).tiers[:, 0]
    for at in range(1, len(scores)):
        seen = reviews(scores, rules)[at]
        if tiers[at] > tiers[at - 1]:
            assert seen.down[0] >= tiers[at]
        assert tiers[at] <= max(seen.up[0], 0)


def month_by_month(*amounts: int) -> list[tuple[str, int]]:
    """The annual revenue at the end of each quarter of 2024 and 2025 is the amount given for it."""
    days = [f"{year}-{month}-20" for year in (2024, 2025) for month in ("03", "06", "09", "12")]
    return list(zip(days, amounts, strict=False))


@pytest.fixture(scope="module")
def chain():
    # a window of one quarter, so that each review sees one order: 62, 58, 62, 58 … points
    flapping = month_by_month(620, 580, 620, 580, 620, 580, 620, 580)
    falling = month_by_month(900, 900, 200, 200, 200, 200, 200, 200)
    data = histories({"flapping": [("2023-06-01", 5), *flapping], "falling": [("2023-06-01", 5), *falling]})
    scenario = BY_REVENUE.model_copy(update={"window_months": 3})
    return tier_chain(data, scenario, review_dates(data.first_order_date, data.last_order_date, most=8))


def in_use(chain, rules: Review) -> ReviewedTiers:
    return held_tiers(review_inputs(chain, rules), rules, chain.count)


def test_the_past_is_counted_with_and_without_the_rules(chain) -> None:
    without, held_by = record(in_use(chain, AS_DRAWN).tiers, chain), record(in_use(chain, BAND).tiers, chain)
    years = (chain.dates[-1] - chain.dates[0]).days / 365.25
    assert without.changes * years == pytest.approx(7 + 1)
    assert without.reversed_changes * years == pytest.approx(6)
    assert held_by.changes * years == pytest.approx(1)
    assert held_by.reversed_changes == 0


def test_a_tier_is_wrong_when_the_end_of_the_quarter_shows_another(chain) -> None:
    without, held_by = record(in_use(chain, AS_DRAWN).tiers, chain), record(in_use(chain, BAND).tiers, chain)
    assert without.wrong_customers * 7 == pytest.approx(8)
    assert held_by.wrong_customers * 7 == pytest.approx(4 + 2)  # every other quarter, and the fall one quarter late
    assert held_by.wrong_revenue * 7 == pytest.approx(620 * 4 + 900 + 200)


def test_the_rules_are_kept_with_the_scenario_and_kept_within_reason() -> None:
    kept = Scenario(review=Review(entry=3, grace=1))
    assert scenario_from_json(scenario_to_json(kept)).review == kept.review
    with pytest.raises(ValidationError):
        Review(entry=50)
