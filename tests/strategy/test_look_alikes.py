"""Missing categories: what most customers of the same kind buy and one does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pyarrow as pa

from tests.strategy.tiered_customers import customers, tiering_of
from tiering.strategy.look_alikes import category_spending, missing_categories


def orders_of(bought: dict[str, list[tuple[str, int]]]) -> pa.Table:
    rows = [(who, what, money) for who, lines in bought.items() for what, money in lines]
    ids, categories, money = zip(*rows, strict=True)
    return pa.table(
        {
            "customer_id": list(ids),
            "category": list(categories),
            "order_date": pa.array([date(2026, 6, 1)] * len(rows), pa.date32()),
            "amount": pa.array([Decimal(amount) for amount in money], pa.decimal128(18, 2)),
        }
    )


def alike(number: int = 10, **changes):
    return tiering_of(customers(*[{"industry": "energy", **changes} for _ in range(number)]), [70.0] * number)


def offered(tiering, orders: pa.Table, free: np.ndarray):
    return missing_categories(tiering, category_spending(tiering.base, 12, orders), free)


EVERYBODY = np.ones(10, dtype=bool)
# All ten buy valves, eight of them pumps for 100 to 800, four filters.
BOUGHT = {
    f"C{row:02d}": [("valves", 10)]
    + ([("pumps", 100 * (row + 1))] if row < 8 else [])
    + ([("filters", 5)] if row < 4 else [])
    for row in range(10)
}


def test_what_most_of_their_like_buy_is_offered_to_those_who_do_not():
    (offer,) = offered(alike(), orders_of(BOUGHT), EVERYBODY)
    assert (offer.category, offer.rows.tolist(), offer.shares.tolist()) == ("pumps", [8, 9], [0.8, 0.8])
    assert (offer.usual.tolist(), offer.money) == ([450.0, 450.0], 900.0)


def test_who_has_another_move_is_not_offered_anything():
    free = EVERYBODY.copy()
    free[8] = False
    assert offered(alike(), orders_of(BOUGHT), free)[0].rows.tolist() == [9]


def test_a_customer_gets_one_offer_that_most_of_its_like_buy():
    bought = BOUGHT | {f"C{row:02d}": [("valves", 10), ("pumps", 100), ("filters", 5)] for row in range(6)}
    bought |= {"C09": [("pipes", 3)]}
    offers = offered(alike(), orders_of(bought), EVERYBODY)
    assert sorted(row for offer in offers for row in offer.rows) == sorted({6, 7, 8, 9})
    assert next(offer.category for offer in offers if 9 in offer.rows) == "valves"


def test_under_ten_alike_nothing_is_usual():
    assert offered(alike(9), orders_of(BOUGHT), np.ones(9, dtype=bool)) == ()


def test_other_industries_are_not_alike():
    rows = [{"industry": "energy" if row < 5 else "retail"} for row in range(10)]
    assert offered(tiering_of(customers(*rows), [70.0] * 10), orders_of(BOUGHT), EVERYBODY) == ()


def test_industries_of_one_tier_share_an_offer_and_keep_their_own_figures():
    industries = ["energy", "retail"]
    table = customers(*[{"industry": industries[row // 10]} for row in range(20)])
    bought = {f"C{row:02d}": [("pumps", 100)] for row in range(8)} | {
        f"C{row:02d}": [("pumps", 700)] for row in range(10, 16)
    }
    (offer,) = offered(tiering_of(table, [70.0] * 20), orders_of(bought), np.ones(20, dtype=bool))
    assert (offer.tier, offer.rows.tolist()) == (1, [16, 17, 18, 19, 8, 9])
    assert offer.shares.tolist() == [0.6] * 4 + [0.8] * 2
    assert offer.usual.tolist() == [700.0] * 4 + [100.0] * 2


def test_returned_and_old_lines_do_not_count():
    orders = orders_of(BOUGHT)
    old = orders.set_column(2, "order_date", pa.array([date(2024, 1, 1)] * len(orders), pa.date32()))
    assert offered(alike(), old, EVERYBODY) == ()
    returned = orders_of({who: [(what, -money) for what, money in lines] for who, lines in BOUGHT.items()})
    assert offered(alike(), returned, EVERYBODY) == ()


def test_without_categories_or_a_date_nothing_is_offered():
    tiering = alike()
    assert offered(tiering, orders_of(BOUGHT).drop_columns(["category"]), EVERYBODY) == ()
    undated = replace(tiering, base=replace(tiering.base, as_of=None))
    assert offered(undated, orders_of(BOUGHT), EVERYBODY) == ()


def test_spending_is_one_sum_for_each_customer_and_category():
    twice = orders_of({"C00": [("valves", 10), ("valves", 5)], "C01": [("pumps", 7)], "somebody else": [("pumps", 1)]})
    spent = category_spending(alike().base, 12, twice)
    assert spent.names == ("pumps", "valves")
    assert sorted(zip(spent.rows.tolist(), spent.codes.tolist(), spent.money.tolist(), strict=True)) == [
        (0, 1, 15.0),
        (1, 0, 7.0),
    ]


def test_the_order_of_the_lines_does_not_matter():
    orders = orders_of(BOUGHT)
    turned = orders.take(list(range(len(orders)))[::-1])
    first, second = (offered(alike(), table, EVERYBODY)[0] for table in (orders, turned))
    assert (first.category, first.rows.tolist(), first.money) == (second.category, second.rows.tolist(), second.money)
