"""Money stays exact: products, sums and places against Python's own decimals."""

from decimal import ROUND_HALF_UP, Decimal

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readings import money

from tiering.ingest import Mapping
from tiering.ingest.clean.amounts import as_decimal, fixed_decimals, line_amounts, line_costs, total, used_up

SIX = Decimal("0.000001")


def decimals(*figures, places=None):
    cells = money(*figures)
    scale = places if places is not None else max(-cell.as_tuple().exponent for cell in cells if cell is not None)
    return pa.chunked_array([pa.array(cells, pa.decimal128(38, scale))])


def texts(values):
    return [None if value is None else str(value) for value in values.to_pylist()]


def lines(**columns):
    return pa.table({name: decimals(*figures) for name, figures in columns.items()})


def mapping(*names):
    return Mapping("orders", {name: name for name in names})


def test_places_that_no_value_needs_are_dropped_down_to_two():
    assert texts(fixed_decimals(decimals("1.500000", "2.000000"))) == ["1.50", "2.00"]
    assert texts(fixed_decimals(decimals("1.500100", "2.000000"))) == ["1.5001", "2.0000"]


def test_missing_amounts_stay_missing():
    assert texts(fixed_decimals(decimals("1", None))) == ["1.00", None]
    assert texts(fixed_decimals(pa.chunked_array([pa.array([None, None], pa.decimal128(5, 1))]))) == [None, None]


def test_big_amounts_leave_room_for_fewer_places():
    assert texts(fixed_decimals(decimals("999999999999.123456"))) == ["999999999999.123456"]
    assert texts(fixed_decimals(decimals("9999999999999.123456"))) == ["9999999999999.12346"]
    assert texts(fixed_decimals(decimals("9999999999999999", "0.005", places=3))) == ["9999999999999999.00", "0.01"]


def test_what_cannot_be_money_is_missing():
    assert texts(fixed_decimals(decimals("10000000000000000", "-10000000000000000", "3"))) == [None, None, "3.00"]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (pa.array([1, -2, None]), ["1", "-2", None]),
        (pa.array([2**63 - 1]), ["9223372036854775807"]),
        (pa.array([0.1, float("inf"), float("nan")]), ["0.100000", None, None]),
        (
            pa.array(["12.5", " -3 ", "+4", "1,000", "", "5 pieces", None]),
            ["12.500000", "-3.000000", "4.000000"] + [None] * 4,
        ),
    ],
)
def test_numbers_of_every_type_become_decimals(cells, expected):
    assert texts(as_decimal(pa.chunked_array([cells]))) == expected


figures = st.decimals(-(10**7), 10**7, places=3)
prices = st.decimals(-(10**6), 10**6, places=4)
shares = st.decimals(0, 1, places=2)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(figures, prices, st.none() | shares), min_size=1, max_size=8))
def test_quantity_times_price_less_discount_is_exact_to_the_sixth_place(rows):
    table = pa.table(
        {
            "quantity": pa.array([row[0] for row in rows], pa.decimal128(38, 3)),
            "unit_price": pa.array([row[1] for row in rows], pa.decimal128(38, 4)),
            "discount": pa.array([row[2] for row in rows], pa.decimal128(38, 2)),
        }
    )
    amounts = fixed_decimals(line_amounts(table, mapping("quantity", "unit_price", "discount")))
    exact = [quantity * price * (1 - (discount or 0)) for quantity, price, discount in rows]
    places = Decimal(1).scaleb(-amounts.type.scale)
    assert amounts.to_pylist() == [amount.quantize(places, ROUND_HALF_UP) for amount in exact]
    assert amounts.type.scale == 6 or all(amount == amount.quantize(places) for amount in exact) or _wide(exact)


def _wide(exact):
    return max(abs(amount) for amount in exact) >= 10**12


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.lists(st.none() | st.decimals(-(10**9), 10**9, places=2), min_size=2, max_size=2), min_size=1, max_size=8
    )
)
def test_columns_are_added_row_by_row_and_a_missing_cell_adds_nothing(rows):
    columns = [pa.chunked_array([pa.array([row[place] for row in rows], pa.decimal128(20, 2))]) for place in range(2)]
    expected = [None if row == [None, None] else sum(cell for cell in row if cell is not None) for row in rows]
    assert total(columns).to_pylist() == expected


def test_the_given_amount_wins_and_the_price_is_kept():
    table = lines(amount=("5", "6"), quantity=("2", "2"), unit_price=("9", "9"))
    chosen = mapping("amount", "quantity", "unit_price")
    assert texts(fixed_decimals(line_amounts(table, chosen))) == ["5.00", "6.00"]
    assert "unit_price" not in used_up(chosen)


def test_a_missing_quantity_or_price_gives_no_amount():
    table = lines(quantity=("2", None, "3"), unit_price=("1.5", "2", None))
    chosen = mapping("quantity", "unit_price")
    assert texts(fixed_decimals(line_amounts(table, chosen))) == ["3.00", None, None]
    assert "unit_price" in used_up(chosen)


def test_cost_as_given_goes_before_unit_cost_and_unit_cost_before_profit():
    table = lines(amount=("10", "10"), quantity=("2", "3"), cost=("7", None), unit_cost=("2", "2"), profit=("1", "1"))
    amounts = as_decimal(table["amount"])
    by = {
        names: texts(fixed_decimals(line_costs(table, mapping("amount", "quantity", *names), amounts)))
        for names in (("cost", "unit_cost", "profit"), ("unit_cost", "profit"), ("profit",))
    }
    assert list(by.values()) == [["7.00", None], ["4.00", "6.00"], ["9.00", "9.00"]]
    assert line_costs(table, mapping("amount", "quantity"), amounts) is None
    assert line_costs(table, mapping("amount", "unit_cost"), amounts) is None


def test_sums_of_many_lines_are_exact_where_floats_are_not():
    amounts = fixed_decimals(decimals(*["0.1"] * 1000))
    assert sum(amounts.to_pylist()) == 100
    assert sum([0.1] * 1000) != 100


def test_six_places_are_the_most_and_ties_go_away_from_zero():
    assert texts(fixed_decimals(decimals("0.0000005", "-0.0000005", "0.00000049", places=8))) == [
        "0.000001",
        "-0.000001",
        "0.000000",
    ]
    assert Decimal("0.0000005").quantize(SIX, ROUND_HALF_UP) == SIX
