"""A customer's card with rules: the way to the tier, the waterfall, and how far the next tier is."""

from __future__ import annotations

from datetime import date

import pytest

from tests.ui.conftest import Run, customers_of, dataset, orders_of
from tiering.evaluate import completed, customer_base, tier_customers
from tiering.scenario import Cuts, Scenario
from tiering.scenario.exceptions import CapRule, Ledger, Override, PointRule, TierRules
from tiering.ui.base.cached import Shown
from tiering.ui.charts.customers import waterfall_chart
from tiering.ui.pages.customers.decided_card import outlook_sentences, waterfall, way
from tiering.views.outlook import Goal, Outlook
from tiering.words import Words

DATA = dataset(orders_of(10), customers_of(10))
RULES = TierRules(
    points=(
        PointRule(field="annual_orders", test="at_least", value=3.0, points=8),
        PointRule(field="annual_revenue", test="at_least", value=1.0, points=4),
        PointRule(field="annual_orders", test="at_least", value=9.0, points=-30, name="too many"),
    ),
    caps=(CapRule(field="annual_orders", test="is", value=5.0, tier="C", name="five"),),
)
HAND = Ledger(overrides=(Override(customer_id="K5", tier="A", reason="pilot", owner="Li", expires=date(2030, 1, 1)),))


def shown(ledger: Ledger = HAND) -> Shown:
    scenario = Scenario(rules=RULES, ledger=ledger, cuts=Cuts(lines=(101.0 - 1, 50.0, 0.0)))
    base = customer_base(DATA, scenario, DATA.last_order_date)
    tiering = tier_customers(base, completed(scenario, base))
    return Shown(DATA, tiering, tiering)


def row_of(page: Shown, who: str) -> int:
    return page.tiering.base.customers["customer_id"].tolist().index(who)


def test_the_way_names_base_tier_points_cap_and_hand_in_their_order() -> None:
    page = shown()
    settled = page.tiering.adjustments
    assert settled is not None
    capped = way(page, settled, next(row for row in range(10) if settled.points.cap_answers[0].holds[row]), Words("en"))
    assert capped[1].startswith("Points add up to +12; 10 make a step")
    assert capped[2] == "Cap “five”: at most C"
    by_hand = way(page, settled, row_of(page, "K5"), Words("en"))
    assert by_hand[0].startswith("Base tier: ")
    assert by_hand[-1] == "Set to A by hand, Li, until 1 Jan 2030: pilot"


def test_the_waterfall_ends_at_the_sum_and_each_bar_begins_where_the_last_ended() -> None:
    page = shown()
    assert page.tiering.adjustments is not None
    steps = waterfall(page.tiering.adjustments, row_of(page, "K9"), Words("en"))
    assert steps["end"].tolist() == [8, 12, -18, -18]
    assert steps["start"].tolist() == [0, 8, 12, 0]
    assert steps["note"].tolist() == ["+8", "+4", "−30", "−18"]
    assert steps["label"].tolist()[2:] == ["too many", "Sum"]
    chart = waterfall_chart(steps, 10, Words("en"), False).to_dict()
    assert len(chart["layer"]) == 3


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_card_tells_of_a_tier_set_by_hand(run_page: Run, language: str) -> None:
    page = run_page("customer", language, DATA, scenario=Scenario(rules=RULES, ledger=HAND), customer_id="K5")
    assert not page.exception
    texts = " ".join(text.value for text in page.markdown)
    assert "pilot" in texts
    assert ("2030年1月1日" if language == "zh" else "1 Jan 2030") in texts.replace("\\", "")


def test_the_card_says_what_it_takes_by_the_end_of_the_quarter(run_page: Run) -> None:
    page = run_page("customer", "en", dataset(orders_of(10), None), customer_id="K3")
    texts = " ".join(text.value for text in page.markdown).replace("\\", "")
    assert "31 Dec 2025" in texts
    assert any(text.value.replace("\\", "").startswith("Found by adding these orders") for text in page.caption)


def test_without_orders_the_card_says_what_would_unlock_it(run_page: Run) -> None:
    page = run_page("customer", "en", dataset(None, customers_of(10)), customer_id="K3")
    assert any("add an orders file to see it" in text.value for text in page.caption)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            {"now": 1, "idle": 1, "rise": Goal(0, 2, 38_000.0), "keep": None},
            [
                "Rises to S by 30 Sept 2026 with 2 more orders or one order of ¥38.0K",
                "Keeps its tier until 30 Sept 2026 even without an order",
            ],
        ),
        (
            {"now": 1, "idle": 2, "rise": Goal(0, 7, 38_000.0), "keep": Goal(1, 1, None)},
            [
                "Rises to S by 30 Sept 2026 with one order of ¥38.0K or 7 more orders",  # seven are far above its pace
                "Falls to B without an order until 30 Sept 2026; stays in A with 1 more order",
            ],
        ),
        (
            {"now": 1, "idle": 3, "rise": None, "keep": None},
            [
                "Orders alone do not lift it by 30 Sept 2026: neither 8 more nor one many times the usual value",
                "By 30 Sept 2026 it falls to C, and orders alone do not prevent it",
            ],
        ),
        (
            {"now": 1, "idle": 0, "rise": Goal(0, 0, 10.0), "keep": None},
            [
                "Rises to S by 30 Sept 2026 even without an order",
                "Keeps its tier until 30 Sept 2026 even without an order",
            ],
        ),
    ],
)
def test_the_nearer_way_is_said_first(found: dict[str, object], said: list[str]) -> None:
    page = shown(Ledger())
    with_currency = Shown(dataset(orders_of(2), None), page.tiering, page.baseline)
    object.__setattr__(with_currency.dataset, "currency", "¥")
    outlook = Outlook(by=date(2026, 9, 30), usual=1000.0, pace=2.0, **found)  # type: ignore[arg-type]
    assert outlook_sentences(outlook, with_currency, Words("en")) == said
