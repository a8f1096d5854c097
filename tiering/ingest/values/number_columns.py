"""Columns of number texts → exact numbers, with the currency of each cell where cells name one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tiering.ingest.values.columns import Distinct
from tiering.ingest.values.currencies import meanings
from tiering.ingest.values.numbers import Mark, NumberText, Side, is_absent, number_text, number_value
from tiering.ingest.values.typed import TypedColumn, spread

PLAIN_NUMBER = r"^[+-]?\d{1,17}(?:\.\d{1,6})?$"
DIGITS = 38
MAX_SCALE = 6
CRORE = Decimal(10) ** 7


@dataclass(frozen=True)
class NumberForm:
    """How the numbers of one column are written.

    ``factor`` is that of the header's unit, which a cell with a unit of its own does not take; ``takes`` says
    whether a text that reads as a number is one in this column; ``negative`` is the side of an account (credit or
    debit) that counts as less.
    """

    mark: Mark = "."
    factor: int = 1
    takes: Callable[[NumberText], bool] = lambda number: True
    negative: Side = "cr"
    crore: bool = False


def number_column(cells: Distinct, form: NumberForm) -> TypedColumn:
    """Exact numbers of a column, with the currencies its cells name."""
    plain = pc.match_substring_regex(cells.values, PLAIN_NUMBER).to_numpy(zero_copy_only=False)
    if form.mark == "," or form.factor != 1:
        plain[:] = False
    rest = np.flatnonzero(~plain)
    words = cells.values.take(pa.array(rest)).to_pylist()
    texts = [number_text(word) for word in words]
    form = _with_sides(form, texts, cells, rest)
    odd = [_number(text, form) for text in texts]
    whole = _decimals(cells.values, plain, rest, odd)
    absent = np.zeros(len(plain), bool)
    absent[rest] = [is_absent(word) for word in words]
    bad = np.zeros(len(plain), bool)
    bad[rest] = [value is None for value in odd]
    return replace(spread(cells, whole, bad & ~absent, absent), signs=_signs(texts, rest, len(plain)))


def _number(text: NumberText | None, form: NumberForm) -> Decimal | None:
    value = None if text is None or not form.takes(text) else number_value(text, form.mark)
    if text is None or value is None:
        return None
    if text.side and form.crore and text.side == "cr":
        return (value * CRORE).normalize()
    if text.side and text.side == form.negative:
        value = -value
    return value if form.factor == 1 or text.own_unit else (value * form.factor).normalize()


def _with_sides(form: NumberForm, texts: Sequence[NumberText | None], cells: Distinct, rest: np.ndarray) -> NumberForm:
    """Which side of an account is less: the rarer one, credit where both are as frequent; or crores of rupees."""
    if not any(text is not None and text.side for text in texts):
        return form
    counts = _rows_of(cells)
    sides = {"cr": 0, "dr": 0}
    for text, place in zip(texts, rest, strict=True):
        if text is not None and text.side:
            sides[text.side] += int(counts[place])
    rupees = any(text is not None and "INR" in meanings(text.currency) for text in texts)
    if rupees and not sides["dr"] and not any(text is not None and text.side and "," in text.core for text in texts):
        return replace(form, crore=True)
    unmarked = int(counts.sum()) - sides["cr"] - sides["dr"]
    if sides["cr"] > sides["dr"] + unmarked:
        return replace(form, negative="dr")
    return replace(form, negative="cr" if sides["cr"] or sides["dr"] >= unmarked else "dr")


def _rows_of(cells: Distinct) -> np.ndarray:
    """Rows that hold each distinct value."""
    if cells.places is None:
        return np.ones(len(cells.values), np.int64)
    return np.bincount(cells.places.to_numpy(zero_copy_only=False), minlength=len(cells.values))


def _signs(texts: Sequence[NumberText | None], rest: np.ndarray, size: int) -> pa.Array | None:
    """Currency named by each value, blank for none; None where no value names one."""
    named = ["" if text is None else text.currency for text in texts]
    if not any(named):
        return None
    kinds = sorted({"", *named})
    place_of = {sign: place for place, sign in enumerate(kinds)}
    codes = np.full(size, place_of[""], np.int32)
    codes[rest] = [place_of[sign] for sign in named]
    return pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(kinds))


def _decimals(values: pa.Array, plain: np.ndarray, rest: np.ndarray, odd: list[Decimal | None]) -> pa.Array:
    """Decimals with as many places as the values need; floating point where they do not fit."""
    plain_values = values.filter(pa.array(plain))
    scale = next((places for places in range(MAX_SCALE, 0, -1) if _any_of_places(plain_values, places)), 0)
    known = [value.normalize() for value in odd if value is not None]
    scale = max([scale, *(-int(value.as_tuple().exponent) for value in known if value)])
    size = max([17 + scale if plain.any() else 1, *(value.adjusted() + 1 + max(scale, 0) for value in known if value)])
    if scale > MAX_SCALE or size > DIGITS:
        return _floats(values, plain, rest, odd)
    scale = max(scale, 0)
    money = pa.decimal128(DIGITS, scale)
    return _narrowed(_merged(plain_values.cast(money), pa.array(odd, money), plain, rest), scale)


def _any_of_places(values: pa.Array, places: int) -> bool:
    """Whether a plain number has exactly that many decimals; zeros at the end count, they were written."""
    return bool(pc.any(pc.match_substring_regex(values, rf"\.\d{{{places}}}$")).as_py())


def _floats(values: pa.Array, plain: np.ndarray, rest: np.ndarray, odd: list[Decimal | None]) -> pa.Array:
    numbers = values.filter(pa.array(plain)).cast(pa.float64())
    return _merged(
        numbers, pa.array([None if value is None else float(value) for value in odd], pa.float64()), plain, rest
    )


def _merged(first: pa.Array, second: pa.Array, plain: np.ndarray, rest: np.ndarray) -> pa.Array:
    if not len(rest):
        return first
    order = np.empty(len(plain), np.int64)
    order[np.flatnonzero(plain)] = np.arange(len(first))
    order[rest] = len(first) + np.arange(len(second))
    return pa.concat_arrays([first, second]).take(pa.array(order))


def _narrowed(values: pa.Array, scale: int) -> pa.Array:
    """18 digits where they are enough."""
    bounds = pc.min_max(values).as_py()
    largest = max(abs(bounds["min"] or 0), abs(bounds["max"] or 0))
    return values.cast(pa.decimal128(18, scale)) if largest < Decimal(10) ** (18 - scale) else values
