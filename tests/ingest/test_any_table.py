"""Whatever columns a file has: a dataset in which every line is accounted for, or a problem with a code."""

from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tiering.ingest import FIELDS, build_dataset, mapping_from_json, mapping_to_json, suggest_mapping, with_column
from tiering.ingest.reading import Column, Reading, SetAside
from tiering.problems import DataProblem

KINDS = ("id", "name", "date", "money", "quantity", "share", "category", "text")
WORDS = sorted({word for field in FIELDS.values() for word in (*field.words[:3], *field.alone)})
TYPES = {
    pa.string(): st.sampled_from(["A", "B ", "", " ", "NULL", "甲公司", "2024-01-05", "12.5", "-3"]),
    pa.decimal128(38, 4): st.decimals(-(10**9), 10**9, places=4),
    pa.decimal128(5, 0): st.integers(-9999, 9999).map(Decimal),
    pa.float64(): st.sampled_from([0.0, 1.5, -2.25, 1e20, float("nan"), float("inf")]),
    pa.int64(): st.integers(-(2**40), 2**40),
    pa.date32(): st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    pa.timestamp("s"): st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)).map(
        lambda time: time.replace(microsecond=0)
    ),
    pa.bool_(): st.booleans(),
}


ALL_OR_NONE = st.sampled_from([("客户编号", "日期", "金额"), ()])
CORE = {
    "客户编号": [pa.string()],
    "日期": [pa.date32(), pa.timestamp("s")],
    "金额": [pa.decimal128(38, 4), pa.float64()],
}


@st.composite
def columns(draw, rows, header=None):
    arrow = draw(st.sampled_from(CORE.get(header, list(TYPES))))
    header = header or draw(st.sampled_from(WORDS) | st.text(max_size=6))
    cells = draw(st.lists(st.none() | TYPES[arrow], min_size=rows, max_size=rows))
    return Column(header, draw(st.sampled_from(KINDS)), draw(st.sampled_from(["", "¥", "万元"]))), pa.array(
        cells, arrow
    )


@st.composite
def readings(draw):
    rows = draw(st.integers(0, 6))
    others = draw(st.lists(columns(rows), min_size=1, max_size=5))
    present = sorted({*draw(st.sets(st.sampled_from(list(CORE)))), *draw(ALL_OR_NONE)})
    core = [draw(columns(rows, header)) for header in present]
    drawn = {column.name: (column, cells) for column, cells in others + core}
    table = pa.table({name: cells for name, (_, cells) in drawn.items()})
    lost = tuple(SetAside(line, "cells", "a,b") for line in draw(st.sets(st.integers(90, 99), max_size=3)))
    report = {"lines": {"read": 1 + rows + len(lost), "header": 1}, "excluded": {}}
    described = tuple(column for column, _ in drawn.values())
    return Reading("loads", table, pa.array(range(2, rows + 2), pa.int32()), described, lost, report)


def ensure_accounted(reading, mapping):
    try:
        dataset = build_dataset([(reading, mapping, "0", "file")])
    except DataProblem:
        return
    facts = dataset.sources[0]
    assert facts.read == 1 + facts.used + sum(facts.set_aside.values())
    assert dataset.set_aside.num_rows == sum(facts.set_aside.values())
    if dataset.orders is not None:
        assert dataset.orders.num_rows == facts.used
        assert all(dataset.orders[name].null_count == 0 for name in ("customer_id", "order_date", "amount"))
    if dataset.customers is not None:
        ids = dataset.customers["customer_id"].to_pylist()
        assert len(set(ids)) == len(ids)
        assert None not in ids


slow_to_draw = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@slow_to_draw
@given(readings())
def test_any_table_is_accounted_for_or_has_a_problem(reading):
    mapping = suggest_mapping(reading)
    assert mapping_from_json(mapping_to_json(mapping)) == mapping
    used = [header for key in mapping.columns for header in mapping.headers(key)]
    assert sorted([*used, *mapping.unmapped]) == sorted(reading.table.column_names)
    assert all(0 < sure <= 1 for sure in mapping.confidence.values())
    ensure_accounted(reading, mapping)


@slow_to_draw
@given(
    readings(),
    st.lists(st.tuples(st.sampled_from(list(FIELDS)), st.integers(0, 6)), max_size=5),
    st.sampled_from(["orders", "customers"]),
)
def test_any_mapping_by_hand_is_accounted_for_or_has_a_problem(reading, choices, role):
    mapping = suggest_mapping(reading, role)
    names = reading.table.column_names
    for key, place in choices:
        mapping = with_column(mapping, reading, key, names[place % len(names)])
    ensure_accounted(reading, mapping)
