"""The customer's card says what to do now, by which figures, and how to fit it to the customer."""

from __future__ import annotations

from datetime import date, timedelta

from streamlit.testing.v1 import AppTest

from tests.strategy.test_actions import dataset, made, tiered
from tests.ui.conftest import DATASETS, Run
from tiering.strategy.actions import DUE_DAYS
from tiering.words import Words

EN = Words("en")


def said(shown: AppTest) -> str:
    return " ".join(str(part.value) for part in (*shown.markdown, *shown.caption))


def test_the_card_tells_the_move_its_due_day_its_figures_and_its_rule(run_page: Run) -> None:
    key = "industrial_equipment"
    action = next(part for part in made(tiered(key), dataset(key).orders) if part.kind == "right_size")
    who = str(tiered(key).base.customers["customer_id"].iloc[action.rows[0]])
    text = said(run_page("customer", sample=key, customer_id=who))
    start = max(date(2026, 9, 30), date.today())  # the sample's end, or today where that is later
    assert r"**Right\-size** · margin rate" in text
    assert EN("actions.due", day=start + timedelta(days=DUE_DAYS["right_size"])) in text
    assert "margin rate under 70% of the median of all" in text
    assert "median of all" in text
    assert EN("moves.fit") in text


def test_a_customer_without_a_move_is_told_so(run_page: Run) -> None:
    shown = run_page("customer", data=DATASETS["one customer"](), customer_id="K1")
    assert EN("moves.none") in said(shown)
    assert not shown.exception
