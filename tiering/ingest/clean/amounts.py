"""Exact decimal money of order lines: given, or computed from quantity, price, discount and profit."""

from __future__ import annotations

from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from tiering.ingest.meaning.mapping import Mapping

DIGITS = 18
SCALES = range(2, 7)
_WIDEST = 38
_PLAIN_NUMBER = r"^\s*[-+]?\d{1,12}(\.\d{1,6})?\s*$"
_FLOAT_LIMIT = 1e12


def line_amounts(lines: pa.Table, mapping: Mapping) -> pa.ChunkedArray:
    """One amount per line, exact: the amount column, else quantity × unit price × (1 − discount).

    A missing factor gives a missing amount, a missing discount is none at all; a column that holds both ways is
    not asked: the amount as given wins.
    """
    if mapping.headers("amount"):
        return as_decimal(lines[mapping.headers("amount")[0]])
    return _priced(lines, mapping, "unit_price")


def line_costs(lines: pa.Table, mapping: Mapping, amounts: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """One cost per line: the cost column, else quantity × unit cost, else amount − profit; None without any."""
    if mapping.headers("cost"):
        return as_decimal(lines[mapping.headers("cost")[0]])
    if mapping.headers("unit_cost") and mapping.headers("quantity"):
        return _priced(lines, mapping, "unit_cost")
    if mapping.headers("profit"):
        return pc.subtract(_narrow(amounts), as_decimal(lines[mapping.headers("profit")[0]]))
    return None


def used_up(mapping: Mapping) -> frozenset[str]:
    """Fields that went into amount and cost and need not be carried along."""
    spent = {"cost", "profit"} & set(mapping.columns)
    if not mapping.headers("amount"):
        spent |= {"unit_price", "discount"}
    return frozenset(spent | {"unit_cost"})


def total(columns: list[pa.ChunkedArray]) -> pa.ChunkedArray:
    """Sum of several decimal columns row by row; a missing cell adds nothing, a row of missing cells stays missing."""
    anything = pc.is_valid(pc.coalesce(*(_rounded(column, SCALES[-1]) for column in columns)))
    added = pc.fill_null(_rounded(columns[0], SCALES[-1]), Decimal(0))
    for column in columns[1:]:
        added = _narrow(pc.add(added, pc.fill_null(_rounded(column, SCALES[-1]), Decimal(0))))
    return pc.if_else(anything, added, None)


def fixed_decimals(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Any decimals → decimal128(18, s), s the fewest places from 2 to 6 that hold them exactly.

    More than six places, or more digits than fit, are rounded half away from zero; what is 10¹⁶ or more is missing.
    """
    values = _narrow(values)
    if _whole_digits(values) > DIGITS - SCALES[0]:
        limit = pa.scalar(Decimal(10) ** (DIGITS - SCALES[0]))
        values = _narrow(pc.if_else(pc.less(pc.abs(values), limit), values, None))
    return _rounded(values, min(_exact_scale(values), DIGITS - _whole_digits(values)))


def as_decimal(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Numbers of any type, or plain number texts, → decimals; what is no finite number is missing."""
    if pa.types.is_decimal(values.type):
        return _narrow(values)
    if pa.types.is_integer(values.type):
        return _narrow(values.cast(pa.decimal128(20, 0)))
    if pa.types.is_floating(values.type):
        in_range = pc.less(pc.abs(values), _FLOAT_LIMIT)
        return _narrow(pc.if_else(in_range, values, None).cast(pa.decimal128(DIGITS, SCALES[-1])))
    texts = values.cast(pa.string())
    plain = pc.if_else(pc.match_substring_regex(texts, _PLAIN_NUMBER), pc.utf8_trim_whitespace(texts), None)
    return _narrow(plain.cast(pa.decimal128(DIGITS, SCALES[-1])))


def _priced(lines: pa.Table, mapping: Mapping, price: str) -> pa.ChunkedArray:
    quantity, each = (as_decimal(lines[mapping.headers(key)[0]]) for key in ("quantity", price))
    product = _times(quantity, each)
    if price != "unit_price" or not mapping.headers("discount"):
        return product
    discount = pc.fill_null(as_decimal(lines[mapping.headers("discount")[0]]), Decimal(0))
    return _times(_narrow(product), _narrow(pc.subtract(pa.scalar(Decimal(1)), discount)))


def _times(one: pa.ChunkedArray, other: pa.ChunkedArray) -> pa.ChunkedArray:
    if one.type.precision + other.type.precision < _WIDEST:
        return pc.multiply(one, other)
    return _rounded(pc.multiply(_wide(one), _wide(other)), SCALES[-1])


def _wide(values: pa.ChunkedArray) -> pa.ChunkedArray:
    return values.cast(pa.decimal256(values.type.precision, values.type.scale))


def _narrow(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """The same values in no more digits than they need, so that products fit."""
    digits = min(_WIDEST, max(1, _whole_digits(values) + values.type.scale))
    return values.cast(pa.decimal128(digits, values.type.scale))


def _whole_digits(values: pa.ChunkedArray) -> int:
    bounds = pc.min_max(values).as_py()
    if bounds["min"] is None:
        return 0
    return len(str(int(max(abs(bounds["min"]), abs(bounds["max"])))))


def _exact_scale(values: pa.ChunkedArray) -> int:
    for scale in SCALES:
        try:
            values.cast(pa.decimal128(_WIDEST, scale))
        except pa.ArrowInvalid:
            continue
        return scale
    return SCALES[-1]


def _rounded(values: pa.ChunkedArray, scale: int) -> pa.ChunkedArray:
    if values.type.scale > scale:
        wide = values.cast(pa.decimal256(_WIDEST + 2, values.type.scale))
        values = pc.round(wide, ndigits=scale, round_mode="half_towards_infinity")
    return values.cast(pa.decimal128(DIGITS, scale))
