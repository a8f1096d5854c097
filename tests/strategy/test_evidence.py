"""Evidence: what is known of each customer, and what is missing."""

import numpy as np
import pytest
from tiered_customers import customers, tiering_of

from tiering.strategy.evidence import evidence_of, scale_top


def evidence(table):
    return evidence_of(tiering_of(table, [50.0] * len(table)).base)


def test_a_column_the_file_lacks_is_absent_and_says_what_it_needs():
    known = evidence(customers({}, {}).drop(columns=["satisfaction", "margin", "margin_rate", "credit"]))
    assert known.lacks("satisfaction_share") == "satisfaction"
    assert known.lacks("margin_rate") == "cost"
    assert known.lacks("credit_level") == "credit"
    assert known.lacks("returns_share") == ""


def test_a_column_without_a_single_value_counts_as_absent():
    known = evidence(customers({"growth": None}, {"growth": None}))
    assert known.lacks("growth") == "two_years"


def test_an_absent_column_compares_as_false_for_everybody():
    known = evidence(customers({}, {}).drop(columns="growth"))
    assert not (known.column("growth") >= 0).any()
    assert not (known.column("growth") < 0).any()


@pytest.mark.parametrize(("scores", "top"), [([3.0, 5.0], 5.0), ([3.0, 8.0], 10.0), ([40.0, 92.0], 100.0)])
def test_satisfaction_is_read_on_the_smallest_scale_that_holds_it(scores, top):
    assert scale_top(np.array(scores)) == top
    known = evidence(customers(*({"satisfaction": score} for score in scores)))
    assert known.column("satisfaction_share").tolist() == [score / top for score in scores]


def test_customers_without_a_satisfaction_score_stay_unknown():
    known = evidence(customers({"satisfaction": 4.5}, {"satisfaction": None}))
    assert np.isnan(known.column("satisfaction_share")[1])


def test_credit_grades_are_levels_and_unknown_words_are_missing():
    known = evidence(customers({"credit": "D"}, {"credit": "aaa "}, {"credit": "?"}, {"credit": None}))
    assert known.column("credit_level").tolist() == pytest.approx([0, 9, np.nan, np.nan], nan_ok=True)


def test_credit_in_numbers_has_no_weak_end_we_could_know():
    known = evidence(customers({"credit": 640.0}, {"credit": 710.0}))
    assert known.lacks("credit_level") == "credit"


def test_new_customers_cannot_be_told_in_a_file_of_under_half_a_year():
    short = evidence(customers({"tenure_days": 20.0}, {"tenure_days": 150.0}))
    long = evidence(customers({"tenure_days": 20.0}, {"tenure_days": 182.0}))
    assert short.lacks("settled_tenure_days") == "half_year"
    assert long.lacks("settled_tenure_days") == ""


def test_a_margin_column_alone_gives_the_margin_rate():
    table = customers({"margin": 25_000.0}, {"annual_revenue": 0.0, "margin": 0.0}).drop(columns="margin_rate")
    assert evidence(table).column("margin_rate").tolist() == pytest.approx([0.25, np.nan], nan_ok=True)


def test_nobody_has_a_rhythm_with_fewer_than_three_gaps():
    assert evidence(customers({"gaps": 2}, {"gaps": 0})).lacks("tail") == "three_gaps"


def test_the_customer_table_is_left_as_it_was():
    table = customers({}, {"credit": "C", "satisfaction": 1.0})
    before = table.copy(deep=True)
    evidence(table)
    assert table.equals(before)
