"""Tiers set by hand and appeals on the page: what is missing is said, what is entered is kept."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import Run, dataset, orders_of
from tiering.evaluate import evaluate
from tiering.said.tables import ledger_table
from tiering.scenario import Scenario
from tiering.scenario.exceptions import Ledger, Override, PointRule, TierRules
from tiering.ui.base.regions import DOCKED
from tiering.ui.pages.tiers.rules.overrides import ledger_columns, next_year
from tiering.words import Words

DATA = dataset(orders_of(10), None)
EXPIRED = Override(customer_id="K1", tier="S", reason="pilot", owner="Li", expires=date(2025, 1, 1))
VANISHED = Override(customer_id="gone", tier="S", reason="pilot", owner="Li", expires=date(2030, 1, 1))


def opened(run_page: Run, part: str, ledger: Ledger | None = None, language: str = "en") -> AppTest:
    shown = run_page("tiers", language, DATA, scenario=Scenario(ledger=ledger or Ledger()))
    shown.session_state[DOCKED] = "rules"
    shown.session_state["rules-kept-part"] = part
    return shown.run()


def button(shown: AppTest, label: str):
    return next(found for found in shown.button if found.label == label)


def test_an_entry_that_lacks_something_says_what(run_page: Run) -> None:
    shown = button(opened(run_page, "hand"), "Enter").click().run()
    assert [box.value for box in shown.warning] == ["Still to fill in: customer, tier, owner, reason."]


def test_an_entry_sets_the_tier_and_is_one_step_of_undo(run_page: Run) -> None:
    shown = opened(run_page, "hand")
    next(box for box in shown.selectbox if box.label == "Customer").select("K1")
    next(box for box in shown.selectbox if box.label == "Tier").select("S")
    next(box for box in shown.text_input if box.label == "Owner").input("Li")
    next(box for box in shown.text_area if box.label == "Reason").input("pilot customer")
    shown = button(shown, "Enter").click().run()
    choices = shown.session_state["choices"]
    (made,) = choices.scenario.ledger.overrides
    assert (made.customer_id, made.tier, made.since, made.expires) == (
        "K1",
        "S",
        date(2025, 11, 10),
        date(2026, 11, 10),
    )
    assert choices.undo[-1].ledger.overrides == ()
    assert any(
        text.value.endswith("tiers set by hand 1. Customers in another tier than the lines give them: 1.")
        for text in shown.caption
    )


def test_expired_and_vanished_entries_are_named(run_page: Run) -> None:
    shown = opened(run_page, "hand", Ledger(overrides=(EXPIRED, VANISHED)))
    said = [box.value for box in shown.info]
    assert said[0].startswith("1 entry expired before 10 Nov 2025")
    assert said[1].startswith("1 entry is for a customer who is not in this data")
    assert len(shown.session_state["choices"].scenario.ledger.overrides) == 2


def test_an_appeal_is_kept_with_the_tier_it_objects_to(run_page: Run) -> None:
    shown = opened(run_page, "appeals")
    next(box for box in shown.selectbox if box.label == "Customer").select("K1")
    next(box for box in shown.text_input if box.label == "Raised by").input("Wang")
    next(box for box in shown.text_area if box.label == "Objection").input("grows fast")
    shown = button(shown, "Raise appeal").click().run()
    (made,) = shown.session_state["choices"].scenario.ledger.appeals
    assert (made.customer_id, made.by, made.decision) == ("K1", "Wang", "open")
    assert made.tier in ("S", "A", "B", "C")
    assert "Pick one in the table to answer it." in [text.value for text in shown.caption]


def test_rules_and_ledger_survive_other_data(run_page: Run) -> None:
    shown = run_page("data", "en", DATA, scenario=Scenario(ledger=Ledger(overrides=(VANISHED,))))
    sample = next(found for found in shown.button if found.key and "saas" in found.key)
    shown = sample.click().run()
    assert shown.session_state["choices"].scenario.ledger.overrides == (VANISHED,)


def test_a_year_on_from_a_leap_day_is_a_day_that_exists() -> None:
    assert next_year(date(2024, 2, 29)) == date(2025, 2, 28)
    assert next_year(date(2026, 9, 30)) == date(2027, 9, 30)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_column_of_the_ledger_has_a_header_in_words(language: str) -> None:
    listed = ledger_table(evaluate(DATA, Scenario(ledger=Ledger(overrides=(EXPIRED,)))), Words(language))
    assert set(listed.columns) <= set(ledger_columns(Words(language)))


def test_a_rule_that_cannot_be_used_is_not_counted_as_in_force(run_page: Run) -> None:
    lost = PointRule(field="no such column", test="at_least", value=1.0, points=10)
    shown = run_page("tiers", "en", DATA, scenario=Scenario(rules=TierRules(points=(lost,))))
    (said,) = [text.value for text in shown.caption if text.value.startswith("In force")]
    assert said.startswith("In force: point rules 0,")
    assert "1 more rule cannot be used" in said


def test_a_closed_dock_still_says_that_an_entry_has_expired(run_page: Run) -> None:
    shown = run_page("tiers", "en", DATA, scenario=Scenario(ledger=Ledger(overrides=(EXPIRED,))))
    assert any("1 tier set by hand has expired" in caption.value for caption in shown.caption)
