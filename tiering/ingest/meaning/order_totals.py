"""An order's total that stands on its lines: counted once, or by the lines where they add up to it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tiering.claims import Asked, Choice, Claim, Question, Step, is_worth_asking
from tiering.decimals import doubles
from tiering.ingest.clean.amounts import fixed_decimals
from tiering.ingest.meaning.amount import AMOUNT, numbers_of, with_amount
from tiering.ingest.meaning.arithmetic import agrees, repeats_within, sums_within
from tiering.ingest.meaning.draft import Draft, Finding, leave_out, started, with_amounts, with_values
from tiering.ingest.meaning.fields import AMOUNT_PARTS
from tiering.ingest.meaning.mapping import with_column
from tiering.ingest.values.conversion import as_key

PER_ORDER = "per_order"
FIRST_LINE = "first_line"  # why a line counts for nothing: the first line of its order holds the total
NEIGHBOURS = 20_000  # lines one below the other, among which orders of several lines are seen
ROUNDED = 0.05  # what rounding each line may add up to
ENOUGH = 5  # orders of several lines that leave no doubt


def find(draft: Draft, asked: Asked) -> Finding:
    """Orders whose total stands on each of their lines, or on the first alone, count it once."""
    numbers = draft.values("order_id")
    if numbers is None or not draft.mapping.headers(AMOUNT):
        return Finding(draft)
    orders = as_key(numbers)
    if pc.count_distinct(orders).as_py() == len(orders) - orders.null_count:
        return Finding(draft)
    continued = _continued(draft, orders)
    if continued is not None:
        return _from_the_first_line(draft, orders, continued)
    head = replace(draft, reading=replace(draft.reading, table=draft.table.slice(0, NEIGHBOURS)))
    codes = _codes(orders.slice(0, NEIGHBOURS))
    amounts = head.amounts()
    if amounts is None or not repeats_within(codes, doubles(amounts)) or not _lines_differ(head, codes):
        return Finding(draft)
    lines = _lines_that_add_up(head, codes, doubles(amounts))
    return _by_lines(draft, lines) if lines is not None else _once(draft, orders, codes, asked)


def _codes(orders: pa.ChunkedArray) -> np.ndarray:
    """A number for each order; a line without order is one of its own."""
    codes = orders.combine_chunks().dictionary_encode().indices.to_numpy(zero_copy_only=False).astype(float)
    missing = ~np.isfinite(codes)
    codes[missing] = -1.0 - np.arange(missing.sum())
    return codes


def _lines_differ(head: Draft, codes: np.ndarray) -> bool:
    """Whether lines of one order tell of different things, so that equal amounts are no equal lines."""
    order, count = np.unique(codes, return_counts=True)
    for key in ("product", *AMOUNT_PARTS):
        values = head.values(key)
        if values is not None:
            places = values.combine_chunks().dictionary_encode().indices.to_numpy(zero_copy_only=False).astype(float)
            pairs = len(np.unique(np.column_stack([codes, np.nan_to_num(places, nan=-1)]), axis=0))
            return bool(pairs - len(order) >= 0.5 * (count - 1).sum())
    return False


def _lines_that_add_up(head: Draft, codes: np.ndarray, totals: np.ndarray) -> str | None:
    """Header whose lines add up to the total of their order, empty for quantity × price, None for neither."""
    parts = [header for key in AMOUNT_PARTS for header in head.mapping.headers(key)]
    figures = {name: doubles(values) for name, values in _decimals(head, [*numbers_of(head), *parts]).items()}
    if len(parts) == len(AMOUNT_PARTS) and agrees(
        totals, sums_within(codes, figures[parts[0]] * figures[parts[1]]), 0.05
    ):
        return ""
    told = head.mapping.headers(AMOUNT)
    return next((one for one in figures if one not in told and agrees(totals, sums_within(codes, figures[one]))), None)


def _decimals(head: Draft, headers: list[str]) -> dict[str, pa.ChunkedArray]:
    return {name: fixed_decimals(head.table[name]) for name in headers if pa.types.is_decimal(head.table[name].type)}


def _by_lines(draft: Draft, header: str) -> Finding:
    total = draft.mapping.headers(AMOUNT)[0]
    if header:
        changed = with_amount(draft, header)
    else:
        changed = replace(draft, mapping=with_column(draft.mapping, draft.reading, AMOUNT, None))
    evidence = {"why": "lines_add_up", "header": total}
    return Finding(changed, (Claim(AMOUNT, header or list(AMOUNT_PARTS), "sure", evidence, draft.name),))


def _once(draft: Draft, orders: pa.ChunkedArray, codes: np.ndarray, asked: Asked) -> Finding:
    """The total on the first line of its order, nothing on the others."""
    header, amounts = draft.mapping.headers(AMOUNT)[0], draft.amounts()
    assert amounts is not None
    further = pc.is_valid(_first_place(orders))
    counted = pc.if_else(further, pa.scalar(Decimal(0)).cast(amounts.type), amounts)
    every, once = (pc.sum(one).as_py() or Decimal(0) for one in (amounts, counted))
    several = int((np.unique(codes, return_counts=True)[1] > 1).sum())
    choices = (Choice({PER_ORDER: header}, draft.table.num_rows, once), Choice(header, draft.table.num_rows, every))
    question = Question(
        AMOUNT, draft.name, choices, choices[0].value, header, {"why": "repeated", "header": header}, money=every - once
    )
    value, degree = asked.decided(question)
    if degree == "open" and (several >= ENOUGH or not is_worth_asking(every - once, every)):
        degree = "likely"
    if value == header:
        return Finding(draft)
    changed = with_amounts(started(draft), fixed_decimals(counted), Step("order_totals", 0, once - every))
    claim = Claim(AMOUNT, value, degree, {"why": "once", "header": header}, draft.name, pc.sum(further).as_py(), once)
    return Finding(changed, (claim,), (question,) if degree == "open" else ())


def _first_place(orders: pa.ChunkedArray) -> pa.Array:
    """For each line after the first of its order the place of that first one, missing for all others."""
    whole = orders.combine_chunks()
    first = pc.index_in(whole, value_set=whole.unique(), skip_nulls=True).to_numpy(zero_copy_only=False)
    known = np.isfinite(first.astype(float))
    codes = np.where(known, first, -1).astype(np.int64)
    place = np.full(codes.max(initial=0) + 1, len(codes), np.int64)
    np.minimum.at(place, codes[known], np.flatnonzero(known))
    own = place[np.maximum(codes, 0)]
    return pa.array(own, mask=~known | (own == np.arange(len(codes))))


def _continued(draft: Draft, orders: pa.ChunkedArray) -> pa.Array | None:
    """Places of the first lines for lines that leave the amount and who or when to the first of their order."""
    amounts = draft.amounts()
    if amounts is None or not amounts.null_count:
        return None
    place = _first_place(orders)
    told = [draft.values(key) for key in ("order_date", draft.mapping.customer_field or "")]
    known = [one for one in told if one is not None]
    if not known:
        return None
    blank = pc.and_(pc.is_null(amounts), pc.is_valid(place))
    silent = pc.is_null(known[0]) if len(known) == 1 else pc.or_(pc.is_null(known[0]), pc.is_null(known[1]))
    blank = pc.and_(blank, silent)
    if not pc.any(blank).as_py():
        return None
    return pc.if_else(blank.combine_chunks(), place, None)


def _from_the_first_line(draft: Draft, orders: pa.ChunkedArray, place: pa.Array) -> Finding:
    """Lines below the first of their order: with their own money where it adds up, else they count for nothing."""
    header = draft.mapping.headers(AMOUNT)[0]
    amounts = draft.amounts()
    assert amounts is not None
    filled = draft
    for name in draft.table.column_names:
        if name not in (header, *(one for key in AMOUNT_PARTS for one in draft.mapping.headers(key))):
            filled = with_values(filled, name, _filled(draft.table[name], place))
    totals = doubles(pc.coalesce(amounts, amounts.take(pc.coalesce(place, pa.array(np.arange(len(place)))))))
    lines = _lines_that_add_up(filled, _codes(orders), totals)
    if lines is not None:
        return _by_lines(filled, lines)
    mask = pc.is_valid(place)
    claim = Claim(AMOUNT, header, "sure", {"why": "first_line", "header": header}, draft.name, pc.sum(mask).as_py())
    return Finding(leave_out(started(draft), mask, FIRST_LINE), (claim,))


def _filled(values: pa.ChunkedArray, place: pa.Array) -> pa.ChunkedArray:
    return pc.coalesce(values, values.take(place))
