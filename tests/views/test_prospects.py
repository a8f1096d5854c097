"""Prospects by their attributes alone: three of them, scores a person can work out, and no revenue among them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest

from tests.small_data import order_lines
from tiering.dataset import Dataset
from tiering.evaluate import Tiering, evaluate
from tiering.scenario import Anchors, Scenario
from tiering.views.prospects import prospects

WEIGHTS = {"annual_revenue": 50, "satisfaction": 30, "wallet": 10}
SCALE = {"satisfaction": Anchors(points=(0, 10), levels=(0, 1)), "wallet": Anchors(points=(1, 1000), levels=(0, 1))}


def tiering(attributes: dict[str, tuple], weights: dict[str, int] | None = None, buyers: int = 12) -> Tiering:
    ids = [f"B{number:02d}" for number in range(buyers)]
    orders = pa.table(
        {
            "customer_id": ids,
            "order_date": [date(2024, 1, 1) + timedelta(days=number) for number in range(buyers)],
            "amount": pa.array([Decimal(100 * (number + 1)) for number in range(buyers)], pa.decimal128(18, 2)),
        }
    )
    rows = {one: (float(number % 10), None) for number, one in enumerate(ids)} | attributes
    satisfaction, wallet = zip(*rows.values(), strict=True)
    customers = pa.table(
        {
            "customer_id": list(rows),
            "satisfaction": pa.array(satisfaction, pa.float64()),
            "wallet": pa.array(wallet, pa.float64()),
        }
    )
    dataset = Dataset(orders, customers, pa.table({}), (), "f")
    return evaluate(dataset, Scenario(weights=WEIGHTS if weights is None else weights, anchors=SCALE))


def ids_of(now: Tiering, rows: np.ndarray) -> list[str]:
    return now.base.customers["customer_id"].iloc[rows].tolist()


def test_prospects_are_scored_by_what_is_known_of_them_and_ranked() -> None:
    now = tiering({"P1": (5.0, 1.0), "P2": (8.0, None), "P3": (None, 1000.0)})
    found = prospects(now)
    assert found is not None
    assert ids_of(now, found.rows) == ["P2", "P1", "P3"]
    assert found.score[:2].tolist() == pytest.approx([80.0, (30 * 50 + 10 * 0) / 40], abs=0.02)
    assert found.coverage.tolist() == [0.75, 1.0, 0.25]
    assert found.counted == ("satisfaction", "wallet")


def test_of_whom_too_little_is_known_nobody_can_tell() -> None:
    found = prospects(tiering({"P3": (None, 1000.0)}, WEIGHTS | {"satisfaction": 30}))
    assert found is not None
    assert found.counted == ("wallet",)
    assert found.score.tolist() == pytest.approx([100.0])
    both = prospects(tiering({"P1": (5.0, 1.0), "P3": (None, 1000.0)}))
    assert both is not None
    assert np.isnan(both.score[1])


def test_revenue_and_other_history_never_count() -> None:
    heavy = prospects(tiering({"P1": (5.0, 1.0)}, {"annual_revenue": 100, "recency_days": 100, "satisfaction": 1}))
    assert heavy is not None
    assert heavy.counted == ("satisfaction",)
    assert heavy.score.tolist() == pytest.approx([50.0])
    assert heavy.offered == ("wallet",)


def test_without_weights_on_attributes_nobody_is_scored() -> None:
    found = prospects(tiering({"P1": (5.0, 1.0)}, {"annual_revenue": 100}))
    assert found is not None
    assert found.counted == ()
    assert np.isnan(found.score).all()
    assert found.offered == ("satisfaction", "wallet")


def test_equal_prospects_stand_equal_whatever_their_order() -> None:
    now = tiering({"P2": (5.0, 1.0), "P1": (5.0, 1.0)})
    found = prospects(now)
    assert found is not None
    assert ids_of(now, found.rows) == ["P1", "P2"]
    assert found.score[0] == found.score[1]


def test_a_prospect_stands_above_the_buyers_with_lower_scores() -> None:
    found = prospects(tiering({"P1": (9.5, None), "P2": (0.0, None)}, {"annual_revenue": 1, "satisfaction": 1}))
    assert found is not None
    assert found.above is not None
    assert found.above.tolist() == pytest.approx([1.0, 2 / 2 / 12])  # two of twelve buyers have a 0 as well


def test_few_buyers_are_no_yardstick() -> None:
    found = prospects(tiering({"P1": (9.5, None)}, {"annual_revenue": 1, "satisfaction": 1}, buyers=9))
    assert found is not None
    assert (found.above, found.biggest, found.others) == (None, None, None)


def test_the_biggest_fifth_is_set_beside_the_rest() -> None:
    found = prospects(tiering({"P1": (9.5, None)}, {"annual_revenue": 1, "satisfaction": 1}))
    assert found is not None
    assert (found.biggest, found.others) == pytest.approx((5.0, 45.0), abs=0.02)  # B10, B11 have 0 and 1


def test_prospects_have_no_revenue() -> None:
    now = tiering({"P1": (5.0, 1.0)})
    found = prospects(now)
    assert found is not None
    assert now.base.revenue[found.rows].tolist() == [0.0]


def test_without_prospects_there_is_nothing_to_show() -> None:
    assert prospects(tiering({})) is None


def test_a_customers_file_alone_does_not_say_who_has_bought() -> None:
    customers = pa.table({"customer_id": ["A", "B"], "satisfaction": [1.0, 2.0]})
    dataset = Dataset(None, customers, pa.table({}), (), "f")
    assert prospects(evaluate(dataset, Scenario(weights={"satisfaction": 1}))) is None


def test_who_only_returned_something_is_no_prospect() -> None:
    lines = order_lines(
        *((f"B{number:02d}", "2024-01-01", "100") for number in range(12)), ("~back", "2024-02-01", "-5")
    )
    attributes = pa.table({"customer_id": ["P1", "~back"], "satisfaction": pa.array([5.0, 5.0], pa.float64())})
    now = evaluate(Dataset(lines, attributes, pa.table({}), (), "f"), Scenario(weights=WEIGHTS, anchors=SCALE))
    found = prospects(now)
    assert found is not None
    assert ids_of(now, found.rows) == ["P1"]
