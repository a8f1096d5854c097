"""What orders say about customers, checked against plain counting."""

from collections import Counter

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from tiering.ingest.clean.attributes import customers_of_orders, merged_customers, one_type


def orders(keys, **columns):
    return pa.table({"customer_id": keys} | {name: pa.array(cells, pa.string()) for name, cells in columns.items()})


def rows_of(table):
    return {row["customer_id"]: row for row in table.to_pylist()}


lines = st.lists(
    st.tuples(st.sampled_from("ABC"), st.sampled_from(["杭州", "宁波", "上海", None])), min_size=1, max_size=30
)


@settings(max_examples=100, deadline=None)
@given(lines)
def test_the_most_frequent_value_wins_and_the_first_by_code_point_among_equals(pairs):
    found = rows_of(customers_of_orders(orders([key for key, _ in pairs], city=[city for _, city in pairs]), False))
    assert list(found) == sorted({key for key, _ in pairs})
    for key, row in found.items():
        counts = Counter(city for owner, city in pairs if owner == key and city is not None)
        best = min(counts, key=lambda city: (-counts[city], city)) if counts else None
        assert row["city"] == best


@settings(max_examples=100, deadline=None)
@given(lines)
def test_an_own_column_is_an_attribute_exactly_where_no_customer_has_two_values(pairs):
    keys, channels = [key for key, _ in pairs], [channel for _, channel in pairs]
    found = customers_of_orders(orders(keys, 渠道=channels), False)
    values = {key: {channel for owner, channel in pairs if owner == key and channel} for key in keys}
    often = len(pairs) >= 1.5 * len(values)
    different = len({channel for _, channel in pairs if channel}) > 1
    if often and different and all(len(own) <= 1 for own in values.values()):
        expected = {key: next(iter(own), None) for key, own in values.items()}
        assert {key: row["渠道"] for key, row in rows_of(found).items()} == expected
    else:
        assert found is None


def test_measures_of_the_order_are_never_attributes():
    table = orders(
        ["A", "A", "B", "B"], order_id=["1", "1", "2", "2"], product=["x", "x", "y", "y"], category=["p", "p", "q", "q"]
    )
    assert customers_of_orders(table, False) is None


def test_numbers_of_the_orders_stay_with_the_orders():
    table = pa.table({"customer_id": ["A", "A", "B", "B"], "quantity": [1.0, 1.0, 2.0, 2.0], "编号": [1, 1, 2, 2]})
    assert customers_of_orders(table, False) is None


def test_a_size_given_as_headcount_stays_a_number():
    table = pa.table({"customer_id": ["A", "A", "B"], "size": [120.0, 120.0, None]})
    assert rows_of(customers_of_orders(table, False)) == {
        "A": {"customer_id": "A", "size": 120.0},
        "B": {"customer_id": "B", "size": None},
    }


def test_where_the_name_is_the_key_it_is_the_name_too():
    assert rows_of(customers_of_orders(orders(["甲", "乙", "甲"]), True)) == {
        "乙": {"customer_id": "乙", "customer_name": "乙"},
        "甲": {"customer_id": "甲", "customer_name": "甲"},
    }


def test_the_first_table_that_has_a_cell_gives_it():
    first = orders(["A", "B"], city=["杭州", None], stage=["签约", "交付"])
    second = orders(["B", "C"], city=["宁波", "上海"], owner=["王芳", "李强"])
    assert rows_of(merged_customers([first, second])) == {
        "A": {"customer_id": "A", "city": "杭州", "stage": "签约", "owner": None},
        "B": {"customer_id": "B", "city": "宁波", "stage": "交付", "owner": "王芳"},
        "C": {"customer_id": "C", "city": "上海", "stage": None, "owner": "李强"},
    }
    assert merged_customers([]) is None


def test_columns_of_different_types_meet_as_text_and_decimals_stay_decimals():
    number = pa.table({"customer_id": ["A"], "size": [120.0], "amount": pa.array([1], pa.decimal128(18, 2))})
    text = pa.table({"customer_id": ["A"], "size": ["大型"], "amount": pa.array([1], pa.decimal128(18, 4))})
    first, second = one_type([number, text])
    assert first["size"].to_pylist() + second["size"].to_pylist() == ["120", "大型"]
    assert pa.types.is_decimal(first["amount"].type)


tables = st.lists(
    st.dictionaries(st.sampled_from("ABCD"), st.sampled_from(["x", "y", None]), max_size=4), min_size=1, max_size=3
)


@settings(max_examples=60, deadline=None)
@given(tables)
def test_merging_tables_keeps_each_customer_once(parts):
    merged = merged_customers([orders(list(part), city=list(part.values())) for part in parts])
    ids = merged["customer_id"].to_pylist()
    assert sorted(ids) == sorted({key for part in parts for key in part})
    for key, row in rows_of(merged).items():
        assert row["city"] == next((part[key] for part in parts if part.get(key)), None)
