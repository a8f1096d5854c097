"""The past of the review rules: the tier they hold beside the tier by score, with the reason."""

from __future__ import annotations

from datetime import date

import pytest

from tests.movement.histories import BY_REVENUE, histories
from tests.ui.test_moves import view
from tiering.movement.chain import tier_chain
from tiering.movement.review_rules import held_tiers, review_inputs
from tiering.said.held import reviewed_columns
from tiering.scenario.exceptions import Review
from tiering.words import Words

RULES = Review(entry=5, exit=5, confirm=2, stay=0, grace=0)
REVIEWS = (date(2024, 12, 31), date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 30))
# of A from 60 on: fallen to 57 at the last review, risen to 62, and 80 throughout
BOUGHT = {
    "fell": [("2023-01-10", 1), ("2024-08-15", 80), ("2024-10-15", 570)],
    "rose": [("2023-01-10", 1), ("2024-10-15", 400), ("2025-08-01", 220)],
    "stayed": [("2023-01-10", 1), ("2024-10-15", 800)],
}


@pytest.fixture(scope="module")
def chain():
    return tier_chain(histories(BOUGHT), BY_REVENUE, REVIEWS)


def test_the_file_has_both_tiers_and_the_reason_of_every_customer(chain) -> None:
    held = held_tiers(review_inputs(chain, RULES), RULES, chain.count)
    rows = reviewed_columns(chain, held, Words("zh")).set_index("customer_id")
    assert rows.loc["fell"].tolist() == ["B", "A", "仍在降级缓冲之内"]
    assert rows.loc["stayed"].tolist() == ["A", "A", "与得分一致"]
    assert len(rows) == len(BOUGHT) + 1


def test_the_verdict_on_the_scheme_is_written_without_marks_of_a_spreadsheet() -> None:
    lines = next(frame.value for frame in view("backtest").dataframe if "difference_points" in frame.value)
    assert lines["difference_points"].dtype == float
    assert lines["scheme_share"].between(1, 100).all()
    assert not lines["spread_of"].str.startswith("'").any()
