"""Read-out: the published answers for shares, and means checked by hand and by simulation."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import ttest_ind

from tiering.strategy.experiments.sample_size import Rules
from tiering.strategy.experiments.shares import Counts, common_effect, detectable_rise, difference, holm, mean_effect

CASES = {
    case["name"]: case
    for case in json.loads((Path(__file__).parents[2] / "truth/ab_stratified.json").read_text())["cases"]
}
ADMISSIONS = CASES["UCBAdmissions (R mantelhaen.test known answer)"]
SINGLE = CASES["single tier two-proportion z test"]


def counts(tables: list) -> Counts:
    return Counts(*(np.array([table[row][column] for table in tables], float) for row, column in CELLS))


CELLS = ((0, 0), (1, 0), (0, 1), (1, 1))


def test_admissions_give_the_answer_of_mantelhaen_test_without_its_correction():
    # R: mantelhaen.test(UCBAdmissions, correct = FALSE); ratio and interval do not depend on the correction.
    found = common_effect(counts(ADMISSIONS["inputs"]["tables_row_admit_col_gender"]))
    expected = ADMISSIONS["expected"]
    assert found.statistic == pytest.approx(1.5246, abs=5e-5)
    assert found.p == pytest.approx(0.2169, abs=5e-5)
    assert found.odds_ratio == pytest.approx(expected["common_or"], rel=1e-9)
    assert [found.low, found.high] == pytest.approx(expected["ci"], rel=1e-9)


def test_one_tier_gives_the_z_test_but_for_one_customer_and_newcombes_interval():
    yes, customers = tuple(SINGLE["inputs"]["x"]), tuple(SINGLE["inputs"]["n"])
    table = [[yes[0], yes[1]], [customers[0] - yes[0], customers[1] - yes[1]]]
    whole = sum(customers)
    assert common_effect(counts([table])).statistic == pytest.approx(
        SINGLE["expected"]["z"] ** 2 * (whole - 1) / whole, rel=1e-9
    )
    gap, low, high = difference(yes, customers)
    assert gap == pytest.approx(0.05)
    assert [low, high] == pytest.approx(SINGLE["expected"]["diff_ci_newcombe"], rel=1e-6)


def test_swapping_the_arms_turns_the_difference_around():
    forth, back = difference((60, 30), (400, 300)), difference((30, 60), (300, 400))
    assert back == pytest.approx((-forth[0], -forth[2], -forth[1]))


def test_blocks_with_one_arm_or_one_answer_do_not_count():
    useful = counts([[[5, 3], [5, 7]]])
    padded = counts([[[5, 3], [5, 7]], [[4, 0], [3, 0]], [[0, 0], [6, 6]]])
    assert common_effect(padded) == common_effect(useful)
    assert common_effect(padded).odds_ratio == common_effect(useful).odds_ratio


def test_no_block_that_tells_is_said():
    assert common_effect(counts([[[4, 0], [3, 0]]])) is None


def test_blocks_without_any_difference_have_an_odds_ratio_of_one():
    found = common_effect(counts([[[10, 10], [10, 10]]] * 2))
    assert (found.odds_ratio, found.p) == (1.0, 1.0)


def test_a_perfect_arm_has_no_upper_limit():
    found = common_effect(counts([[[10, 0], [0, 10]]]))
    assert found.odds_ratio == np.inf
    assert found.p < 0.001


def test_holm_by_hand():
    assert holm(np.array([0.01, 0.04, 0.03])).tolist() == pytest.approx([0.03, 0.06, 0.06])
    assert holm(np.array([0.5, np.nan, 0.9]))[[0, 2]].tolist() == pytest.approx([1.0, 1.0])


RNG = np.random.default_rng(7)
BEFORE = RNG.normal(100, 30, 200)
TREATED = np.arange(200) % 2 == 0
AFTER = BEFORE + RNG.normal(0, 5, 200) + 4 * TREATED
ONE_BLOCK = np.zeros(200, dtype=np.intp)


def test_one_block_without_covariate_is_students_test():
    found = mean_effect(AFTER, TREATED, ONE_BLOCK, None)
    student = ttest_ind(AFTER[TREATED], AFTER[~TREATED])
    assert found.p == pytest.approx(student.pvalue)
    interval = student.confidence_interval()
    assert (found.low, found.high) == (pytest.approx(interval.low), pytest.approx(interval.high))


@pytest.mark.parametrize(("tried", "alpha"), [(2, 0.05), (30, 0.05), (150, 0.1), (197, 0.01)])
def test_arms_of_different_sizes_are_students_test_as_well(tried, alpha):
    treated = np.arange(200) < tried
    outcome = AFTER - 9 * treated  # the treated did worse: the sign of the effect must say so
    found = mean_effect(outcome, treated, ONE_BLOCK, None, alpha)
    student = ttest_ind(outcome[treated], outcome[~treated])
    interval = student.confidence_interval(1 - alpha)
    assert found.effect == pytest.approx(outcome[treated].mean() - outcome[~treated].mean())
    assert found.p == pytest.approx(student.pvalue)
    assert (found.low, found.high) == (pytest.approx(interval.low), pytest.approx(interval.high))
    assert found.error == pytest.approx(found.effect / student.statistic)


def regression(columns, outcome):
    """Coefficients and their errors by ordinary least squares, written out."""
    design = np.column_stack(columns)
    inverse = np.linalg.inv(design.T @ design)
    found = inverse @ design.T @ outcome
    left = outcome - design @ found
    variance = left @ left / (len(outcome) - design.shape[1])
    return found, np.sqrt(np.diag(inverse) * variance)


def test_the_error_of_a_mean_is_that_of_the_regression_imbalance_included():
    blocks = np.repeat([0, 1, 2], [80, 70, 50])
    known = BEFORE + 12 * TREATED  # the draw happened to favour one arm
    dummies = [(blocks == block).astype(float) for block in range(3)]
    coefficients, errors = regression([TREATED.astype(float), known, *dummies], AFTER)
    found = mean_effect(AFTER, TREATED, blocks, known)
    assert found.effect == pytest.approx(coefficients[0], rel=1e-9)
    assert found.error == pytest.approx(errors[0], rel=1e-9)
    balanced = mean_effect(AFTER + 0.0, TREATED, blocks, BEFORE)
    assert found.error > balanced.error


def test_what_was_known_before_leaves_one_minus_rho_squared_of_the_variance():
    found = mean_effect(AFTER, TREATED, ONE_BLOCK, BEFORE)
    within = [np.concatenate([values[TREATED] - values[TREATED].mean(), values[~TREATED] - values[~TREATED].mean()])
              for values in (AFTER, BEFORE)]  # fmt: skip
    rho = np.corrcoef(within[0], within[1])[0, 1]
    assert found.kept == pytest.approx(1 - rho**2)


def test_the_covariate_sharpens_the_answer():
    plain, sharp = mean_effect(AFTER, TREATED, ONE_BLOCK, None), mean_effect(AFTER, TREATED, ONE_BLOCK, BEFORE)
    assert sharp.error < plain.error / 4
    assert sharp.low < 4 < sharp.high
    assert sharp.p < 0.001


def test_blocks_of_other_levels_do_not_blur_the_effect():
    blocks = np.repeat([0, 1], 4).astype(np.intp)
    treated = np.array([True, True, False, False] * 2)
    outcome = np.array([12.0, 14, 10, 12, 102, 104, 100, 102])
    found = mean_effect(outcome, treated, blocks, None)
    assert found.effect == 2.0
    assert found.error == pytest.approx(np.sqrt(8 / 5 / 2))  # 8 left over 8 − 2 blocks − 1 effect, weights 1 + 1


def test_a_block_of_one_arm_does_not_count():
    blocks = np.array([0, 0, 0, 0, 1])
    treated = np.array([True, True, False, False, True])
    found = mean_effect(np.array([3.0, 5, 1, 3, 999]), treated, blocks, None)
    assert found.effect == 2.0


def test_too_few_to_tell_is_said():
    assert mean_effect(np.array([1.0, 2.0]), np.array([True, False]), np.array([0, 0]), None) is None
    assert mean_effect(np.array([1.0]), np.array([True]), np.array([0]), None) is None


# Newcombe (1998), Table II, method 10: yes and customers of both arms, low and high.
NEWCOMBE = [
    ((56, 48), (70, 80), 0.0524, 0.3339),
    ((9, 3), (10, 10), 0.1705, 0.8090),
    ((6, 2), (7, 7), 0.0582, 0.8062),
    ((5, 0), (56, 29), -0.0381, 0.1926),
    ((0, 0), (10, 20), -0.1611, 0.2775),
    ((0, 0), (10, 10), -0.2775, 0.2775),
    ((10, 0), (10, 20), 0.6791, 1.0000),
    ((10, 0), (10, 10), 0.6075, 1.0000),
]


@pytest.mark.parametrize(("yes", "customers", "low", "high"), NEWCOMBE)
def test_intervals_are_those_of_newcombes_table(yes, customers, low, high):
    gap, below, above = difference(yes, customers)
    assert gap == yes[0] / customers[0] - yes[1] / customers[1]
    assert (round(below, 4), round(above, 4)) == (low, high)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=6))
def test_looking_at_several_tiers_never_makes_one_look_surer(p_values):
    corrected = holm(np.array(p_values))
    assert (corrected >= np.array(p_values) - 1e-15).all()
    assert (corrected <= 1).all()
    order = np.argsort(p_values, kind="stable")
    assert (np.diff(corrected[order]) >= 0).all()
    assert corrected[order[0]] == pytest.approx(min(len(p_values) * min(p_values), 1))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**31), st.floats(-50, 50))
def test_what_is_added_to_every_treated_customer_is_the_effect_that_is_found(seed, gift):
    chance = np.random.default_rng(seed)
    outcome, before = chance.normal(100, 20, 24), chance.normal(100, 20, 24)
    treated, blocks = np.arange(24) % 2 == 0, np.repeat([0, 1, 2], 8)
    for covariate in (None, before):
        plain = mean_effect(outcome, treated, blocks, covariate)
        moved = mean_effect(outcome + gift * treated, treated, blocks, covariate)
        assert moved.effect - plain.effect == pytest.approx(gift, abs=1e-8)
        assert moved.error == pytest.approx(plain.error)


def test_the_unit_of_money_changes_the_effect_and_not_the_answer():
    one, ten_thousand = (mean_effect(AFTER * unit, TREATED, ONE_BLOCK, BEFORE * unit) for unit in (1.0, 1e-4))
    assert ten_thousand.effect * 1e4 == pytest.approx(one.effect)
    assert ten_thousand.p == pytest.approx(one.p)


@pytest.mark.parametrize("with_before", [False, True])
def test_a_rise_told_to_be_seen_is_seen_as_often_as_asked_however_heavy_the_tails(with_before):
    chance = np.random.default_rng(11)
    before = chance.lognormal(0, 1.3, 40)
    outcome, known = before * chance.lognormal(0, 0.6, 40), before if with_before else None
    rise = detectable_rise(outcome, known, Rules())
    seen = []
    for _ in range(600):
        treated = chance.permutation(40) < 20
        seen.append(mean_effect(outcome + rise * treated, treated, np.zeros(40, dtype=np.intp), known).p < 0.05)
    assert np.mean(seen) == pytest.approx(0.8, abs=0.05)
