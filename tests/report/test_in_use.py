"""Files of customers name the tier in use under the review rules beside the tier as drawn."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from tests.movement.histories import BY_REVENUE, histories
from tiering.evaluate import evaluate
from tiering.report import customers_csv_for_people
from tiering.said.in_use import tiers_in_use
from tiering.scenario.review import AS_DRAWN, Review
from tiering.words import Words

RULES = BY_REVENUE.model_copy(update={"review": Review(entry=5, exit=5, confirm=2, stay=0, grace=0)})
OLD = ("2022-06-10", 1)
# of A from 60 on: fallen to 57 at the last review, and 80 throughout
DATA = histories(
    {
        "fell": [OLD, ("2024-08-15", 80), ("2024-10-15", 570)],
        "stayed": [OLD, ("2023-10-15", 800), ("2024-10-15", 800), ("2025-09-30", 1)],
    }
)


def rows(words: Words) -> dict[str, dict[str, str]]:
    tiering = evaluate(DATA, RULES, date(2025, 9, 30))
    written = customers_csv_for_people(tiering, DATA, words, tiers_in_use(tiering, DATA, words))
    return {row[words("column.customer_id")]: row for row in csv.DictReader(io.StringIO(written.decode("utf-8-sig")))}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_file_says_which_tier_is_in_use_and_why_it_is_another(language) -> None:
    words = Words(language)
    found = {
        who: (row[words("column.tier")], row[words("column.tier_in_use")], row[words("column.held_because")])
        for who, row in rows(words).items()
    }
    assert found["fell"] == ("B", "A", words("movement.review.because_exit"))
    assert found["stayed"] == ("A", "A", "")


def test_without_review_rules_or_a_past_there_is_nothing_to_add() -> None:
    without = BY_REVENUE.model_copy(update={"review": AS_DRAWN})
    assert tiers_in_use(evaluate(DATA, without, date(2025, 9, 30)), DATA, Words("en")) is None
    young = histories({"a": [("2025-09-01", 100)]}, begins="2025-08-20")
    assert tiers_in_use(evaluate(young, RULES, date(2025, 9, 30)), young, Words("en")) is None
