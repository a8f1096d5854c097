"""On a masked screen no customer can be recognised, and every figure stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from tests.small_data import order_lines
from tests.ui.conftest import customers_of, dataset, orders_of
from tiering.dataset import SourceFacts
from tiering.decision.saved import Entry
from tiering.evaluate import evaluate
from tiering.report.handout import Handout, masked
from tiering.report.story import story_of
from tiering.scenario import Cuts, Scenario
from tiering.words import Words

BOTH = dataset(orders_of(10), customers_of(12))
SAY = Words("en")


def paper() -> Handout:
    now = evaluate(BOTH, Scenario(cuts=Cuts(lines=(80.0, 50.0, 20.0))))
    before = evaluate(BOTH, now.scenario.model_copy(update={"cuts": Cuts(lines=(90.0, 60.0, 30.0))}))
    return Handout(now, BOTH, SAY, baseline=before)


def test_no_name_and_no_number_of_a_customer_is_left() -> None:
    hidden = masked(paper())
    text = str(story_of(hidden))
    for customers in (hidden.tiering.base.customers, hidden.baseline.base.customers):  # type: ignore[union-attr]
        text += customers.to_csv()
    assert [name for name in BOTH.customers["customer_name"].to_pylist() if name in text] == []  # type: ignore[union-attr]
    assert "K10" not in text


def test_the_biggest_customer_is_number_one_on_both_sides() -> None:
    hidden = masked(paper())
    assert hidden.tiering.base.customers["customer_name"].tolist()[:2] == ["Customer 01", "Customer 02"]
    assert hidden.baseline.base.customers["customer_name"].iat[0] == "Customer 01"  # type: ignore[union-attr]


def test_tiers_and_money_stay() -> None:
    open_, hidden = paper().tiering, masked(paper()).tiering
    assert np.array_equal(open_.tiers, hidden.tiers)
    assert open_.base.revenue.tolist() == hidden.base.revenue.tolist()


def test_neither_a_file_name_nor_what_people_typed_names_a_customer() -> None:
    own = replace(BOTH, sources=(SourceFacts("Orders of Acme.csv", "orders", 3, 3, 1),))
    said = (
        Entry(day=date(2026, 9, 1), verdict="decided", subject="Acme stays in S", reason="promised to Acme", by="Li"),
        Entry(day=date(2026, 9, 2), verdict="accepted", subject="Spring scheme", moved=3),
    )
    hidden = masked(replace(paper(), dataset=own, log=said))
    assert hidden.dataset.sources[0].name == "File 1"
    assert [(entry.subject, entry.reason, entry.by) for entry in hidden.log] == [
        ("(hidden)", "(hidden)", "(hidden)"),
        ("Spring scheme", "", ""),
    ]
    assert "Acme" not in str(story_of(hidden))


def test_what_is_masked_is_a_copy() -> None:
    given = paper()
    masked(given)
    assert given.tiering.base.customers["customer_id"].str.startswith("K").all()


def test_data_without_names_is_masked_by_its_numbers() -> None:
    plain = dataset(order_lines(("secret", "2025-01-01", "1.00")), None)
    hidden = masked(Handout(evaluate(plain, Scenario()), plain, SAY))
    assert hidden.tiering.base.customers["customer_id"].tolist() == ["Customer 1"]


def test_what_was_bought_stays_known_when_the_names_are_hidden() -> None:
    assert BOTH.orders is not None
    orders = BOTH.orders.append_column("category", [["valves"] * BOTH.orders.num_rows])
    told = replace(paper(), dataset=replace(BOTH, orders=orders))
    known, hidden = told.spending(), masked(told).spending()
    assert known is not None
    assert hidden is not None
    assert hidden.rows.size
    assert hidden.rows.tolist() == known.rows.tolist()
