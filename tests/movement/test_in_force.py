"""One tier everywhere: what review rules hold is the tier in force, with the tier by score beside it."""

from __future__ import annotations

import csv
import io
from datetime import date

import numpy as np
import pytest

from tests.movement.histories import BY_REVENUE, histories
from tiering.evaluate import Tiering, tier_names
from tiering.movement.in_force import chain_in_force, evaluated
from tiering.report import customers_csv, customers_csv_for_people
from tiering.said.decided_by import decided_by
from tiering.said.held import held_notes
from tiering.scenario import Scenario
from tiering.scenario.exceptions import Review
from tiering.words import Words

TODAY = date(2025, 9, 30)
RULES = Review(on=True, entry=5, exit=5, confirm=2, stay=0, grace=0)
OLD = ("2022-06-10", 1)
# of A from 60 on, of B from 30: fallen to 57 at the last review, risen to 62, 80 throughout
DATA = histories(
    {
        "fell": [OLD, ("2024-08-15", 80), ("2024-10-15", 570)],
        "rose": [OLD, ("2024-10-15", 400), ("2025-08-01", 220)],
        "stayed": [OLD, ("2023-10-15", 800), ("2024-10-15", 800), ("2025-09-30", 1)],
    }
)
HELD = BY_REVENUE.model_copy(update={"review": RULES})


def tiered(scenario: Scenario, data=DATA) -> Tiering:
    return evaluated(data, scenario, TODAY)


def by_customer(tiering: Tiering) -> dict[str, str]:
    return dict(zip(tiering.base.customers["customer_id"], tier_names(tiering), strict=True))


def test_rules_hold_nobody_until_they_are_switched_on() -> None:
    assert not Scenario().review.on
    off = tiered(BY_REVENUE.model_copy(update={"review": RULES.model_copy(update={"on": False})}))
    assert off.held is None
    assert by_customer(off)["fell"] == "B"
    assert by_customer(off)["rose"] == "A"


def test_switched_on_what_they_hold_is_the_tier_and_counts_and_totals_say_so() -> None:
    held = tiered(HELD)
    assert by_customer(held) == {"stayed": "A", "fell": "A", "rose": "B", "~first": "C"}
    assert held.totals.customers.tolist() == [2, 1, 1, 0]
    assert held.totals.revenue[0] == 801 + 570
    assert np.array(held.scenario.tiers)[held.by_score].tolist() == ["A", "A", "B", "C"]  # 801, 620, 570, 0


@pytest.mark.parametrize("language", ["zh", "en"])
def test_files_name_the_tier_in_force_and_beside_it_the_tier_by_score_with_the_reason(language) -> None:
    words = Words(language)
    written = customers_csv_for_people(tiered(HELD), DATA, words)
    rows = {row[words("column.customer_id")]: row for row in csv.DictReader(io.StringIO(written.decode("utf-8-sig")))}
    columns = [words(f"column.{name}") for name in ("tier", "tier_by_score", "held_because")]
    assert [rows["fell"][name] for name in columns] == ["A", "B", words("movement.review.because_exit")]
    assert [rows["stayed"][name] for name in columns] == ["A", "A", ""]


def test_the_file_for_programs_has_the_same_columns_and_none_of_them_without_rules() -> None:
    header = b"".join(customers_csv(tiered(HELD), DATA)).decode().splitlines()[0]
    assert ",tier,revenue," in header
    assert "tier_by_score,held_because" in header
    assert "tier_by_score" not in b"".join(customers_csv(tiered(BY_REVENUE), DATA)).decode()


def test_a_list_says_beside_the_tier_what_the_score_gives() -> None:
    held = tiered(HELD)
    rows = np.flatnonzero(held.base.customers["customer_id"].isin(["fell", "stayed"]).to_numpy())
    assert decided_by(held, rows, Words("en")) == ["", "by score B: Still within the exit buffer"]
    assert held_notes(held, Words("en"))[0].startswith("Review rules are on: the tier in force of 2 customers")


def test_in_a_window_that_still_fills_nobody_is_held() -> None:
    young = histories({"fell": [("2024-11-15", 80), ("2024-12-15", 570)]}, begins="2024-11-01")
    found = tiered(HELD, young)
    assert found.held is None
    assert "hold nobody yet" in held_notes(found, Words("en"))[0]


def test_the_past_is_told_in_the_tiers_that_were_in_force_then() -> None:
    days = [date(2025, 3, 31), TODAY]
    chain = chain_in_force(DATA, tiered(HELD).scenario, days)
    tiers = dict(zip(chain.customer_ids, chain.tiers.T.tolist(), strict=True))
    assert chain.dates == tuple(days)
    assert tiers["fell"] == [0, 0]
    assert tiers["rose"] == [1, 1]
