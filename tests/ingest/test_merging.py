from datetime import date
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiering.dataset import Dataset, Unmatched
from tiering.ingest import merged, without_merge
from tiering.ingest.clean.merging import resolved

ORDERS = pa.table(
    {
        "customer_id": ["C1", "C2", "C3", "C2"],
        "order_date": pa.array([date(2024, 1, day) for day in (1, 2, 3, 4)], pa.date32()),
        "amount": pa.array(
            [Decimal("10.50"), Decimal("20.25"), Decimal("-1.00"), Decimal("5.00")], pa.decimal128(18, 2)
        ),
    }
)
CUSTOMERS = pa.table(
    {
        "customer_id": ["C1", "C2", "C3", "C9"],
        "customer_name": ["甲公司", "甲 公司", "丙", "壬"],
        "industry": [None, "化工", "电子", None],
        "city": [None, None, "苏州", "宁波"],
    }
)
DATASET = Dataset(ORDERS, CUSTOMERS, pa.table({}), (), "fingerprint", "¥", Unmatched(("C3",), ("C9",)))


def test_order_lines_move_to_the_customer_that_stays():
    orders = merged(DATASET, {"C2": "C1"}).orders
    assert orders["customer_id"].to_pylist() == ["C1", "C1", "C3", "C1"]
    assert orders.drop_columns("customer_id").equals(ORDERS.drop_columns("customer_id"))


def test_the_one_that_stays_keeps_its_attributes_and_gaps_are_filled():
    customers = merged(DATASET, {"C2": "C1", "C3": "C1"}).customers
    assert customers.to_pylist() == [
        {"customer_id": "C1", "customer_name": "甲公司", "industry": "化工", "city": "苏州"},
        {"customer_id": "C9", "customer_name": "壬", "industry": None, "city": "宁波"},
    ]


def test_a_customer_may_be_merged_into_one_nobody_listed():
    customers = merged(DATASET, {"C2": "G", "C1": "G"}).customers
    row = next(row for row in customers.to_pylist() if row["customer_id"] == "G")
    assert row == {"customer_id": "G", "customer_name": "甲公司", "industry": "化工", "city": None}


def test_merging_leaves_the_dataset_as_it_was_so_that_leaving_an_entry_out_undoes_it():
    merges = {"C2": "C1", "C3": "C1"}
    both = merged(DATASET, merges)
    assert ORDERS["customer_id"].to_pylist() == ["C1", "C2", "C3", "C2"]
    undone = merged(DATASET, without_merge(merges, "C3"))
    assert undone.orders.equals(merged(DATASET, {"C2": "C1"}).orders)
    assert undone.fingerprint == merged(DATASET, {"C2": "C1"}).fingerprint != both.fingerprint
    assert merged(DATASET, {}) is DATASET


def test_chains_are_followed_to_their_end():
    assert resolved({"a": "b", "b": "c", "d": "d"}) == {"a": "c", "b": "c"}
    assert merged(DATASET, {"C3": "C2", "C2": "C1"}).orders["customer_id"].to_pylist() == ["C1"] * 4


@pytest.mark.parametrize("merges", [{"a": "b", "b": "a"}, {"a": "b", "b": "c", "c": "b"}])
def test_a_circle_of_merges_is_refused(merges):
    with pytest.raises(ValueError, match="circle"):
        merged(DATASET, merges)


def test_who_is_on_one_side_only_is_seen_after_merging():
    assert merged(DATASET, {"C3": "C1"}).unmatched == Unmatched((), ("C9",))
    assert merged(DATASET, {"C9": "C3"}).unmatched == Unmatched((), ())
    assert merged(DATASET, {"C2": "C1"}).unmatched == DATASET.unmatched


def test_a_dataset_of_customers_alone_can_be_merged():
    alone = Dataset(None, CUSTOMERS, pa.table({}), (), "f")
    assert merged(alone, {"C2": "C1"}).customers.num_rows == 3
    assert merged(alone, {"C2": "C1"}).unmatched is None


ids = st.sampled_from(["C1", "C2", "C3", "C9", "G"])


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(ids, ids, max_size=4))
def test_merging_keeps_every_line_and_every_cent_and_leaves_each_customer_once(merges):
    try:
        outcome = merged(DATASET, merges)
    except ValueError:
        return
    assert pc.sum(outcome.orders["amount"]) == pc.sum(ORDERS["amount"])
    gone = set(resolved(merges))
    assert gone.isdisjoint(outcome.orders["customer_id"].to_pylist())
    left = outcome.customers["customer_id"].to_pylist()
    assert len(left) == len(set(left))
    assert gone.isdisjoint(left)
