"""One file and its mapping → a canonical table, the rows set aside, and where each line went."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from tiering.dataset import SourceFacts
from tiering.ingest.clean.amounts import as_decimal, fixed_decimals, line_amounts, line_costs, total, used_up
from tiering.ingest.clean.outcome import repeated_customers, rows_set_aside, source_facts
from tiering.ingest.meaning.fields import Becomes, Field, fields_of
from tiering.ingest.meaning.mapping import Mapping, ensure_usable
from tiering.ingest.reading import OVERLAP, Reading
from tiering.ingest.values.conversion import as_date, as_key, as_number, as_own, as_text, converted, free_name
from tiering.problems import DataProblem, Problem

UNDERSTOOD = frozenset({"counted_once", "not_counted", "returned"})  # why lines were left out that can be used


class Cleaned(NamedTuple):
    """What became of one file."""

    table: pa.Table
    set_aside: pa.Table
    facts: SourceFacts


def clean_orders(reading: Reading, mapping: Mapping, name: str = "") -> Cleaned:
    """One row per usable order line, in file order.

    ``customer_id`` string, ``order_date`` date32, ``amount`` and ``cost`` decimal128(18, s) with s from 2 to 6,
    ``quantity`` float64; further fields and columns follow as text (numbers stay numbers where the field is a
    measure of the customer). A line without customer, else without date, else without amount is set aside under
    ``no_customer``, ``date``, ``amount``.

    Raises
    ------
    DataProblem
        Those of ``ensure_usable``; NO_AMOUNT when no line has an amount; NO_USABLE_ROWS when no line is left.
    """
    ensure_usable(reading, mapping)
    lines = table_of(reading)
    required, reasons = _required(lines, mapping)
    amounts = required["amount"]
    if lines.num_rows and amounts.null_count == lines.num_rows:
        raise DataProblem(Problem.NO_AMOUNT, headers=[*mapping.headers("amount"), *mapping.headers("unit_price")])
    orders = pa.table(required | _order_extras(lines, mapping, amounts))
    return split(reading, mapping, name, orders, reasons)


def money_set_aside(reading: Reading, mapping: Mapping) -> Decimal:
    """Money of the order lines that ``clean_orders`` sets aside for want of a customer or a date."""
    ensure_usable(reading, mapping)
    required, reasons = _required(table_of(reading), mapping)
    return pc.sum(required["amount"].filter(pc.is_valid(reasons))).as_py() or Decimal(0)


def _required(lines: pa.Table, mapping: Mapping) -> tuple[dict[str, pa.ChunkedArray], pa.ChunkedArray]:
    """What an order line cannot do without, and the reason why it lacks some of it."""
    required = {
        "customer_id": customer_keys(lines, mapping),
        "order_date": as_date(_mapped(lines, mapping, "order_date")),
        "amount": fixed_decimals(line_amounts(lines, mapping)),
    }
    return required, the_reasons(zip(("no_customer", "date", "amount"), required.values(), strict=True))


def customer_keys(rows: pa.Table, mapping: Mapping) -> pa.ChunkedArray:
    """By what each row names its customer, in one writing; an e-mail address in small letters."""
    field = mapping.customer_field or ""
    keys = as_key(_mapped(rows, mapping, field))
    return pc.utf8_lower(keys) if field == "customer_email" else keys


def clean_customers(reading: Reading, mapping: Mapping, name: str = "") -> Cleaned:
    """One row per customer, in file order.

    ``customer_id`` string and unique; texts string, dates date32, numbers and money float64. A row without
    customer is set aside (``no_customer``), and so is a further row of the same customer that says something
    else (``duplicate``): the one with the most filled cells is kept, the first by code point among those. A row
    that repeats another word for word counts as used.

    Raises
    ------
    DataProblem
        Those of ``ensure_usable``; NO_USABLE_ROWS when no row is left.
    """
    ensure_usable(reading, mapping)
    rows = table_of(reading)
    keys = customer_keys(rows, mapping)
    conflicting, repeated = repeated_customers(keys, rows)
    reasons = pc.coalesce(the_reasons(iter([("no_customer", keys)])), pc.if_else(conflicting, "duplicate", None))
    customers = pa.table({"customer_id": keys} | _customer_extras(rows, mapping))
    cleaned = split(reading, mapping, name, customers, reasons)
    once = pc.invert(repeated.filter(pc.is_null(reasons)))
    return cleaned._replace(table=cleaned.table.filter(once))


def table_of(reading: Reading) -> pa.Table:
    """What was read of a file.

    Raises
    ------
    DataProblem
        NO_USABLE_ROWS when there is no row.
    """
    if reading.table is None or (reading.table.num_rows == 0 and not _told_elsewhere(reading)):
        raise DataProblem(Problem.NO_USABLE_ROWS, set_aside={})
    return reading.table


def _told_elsewhere(reading: Reading) -> bool:
    """Whether the file is empty only because its lines were understood: other files hold them, or none counts."""
    understood = not UNDERSTOOD.isdisjoint(reading.report.get("excluded", {}))
    return understood or any(row.reason == OVERLAP for row in reading.set_aside)


def _mapped(rows: pa.Table, mapping: Mapping, key: str) -> pa.ChunkedArray:
    return rows[mapping.headers(key)[0]]


def the_reasons(checks: Iterator[tuple[str, pa.ChunkedArray]]) -> pa.ChunkedArray:
    """The first reason that holds for each row, missing where the row can be used."""
    none = pa.scalar(None, pa.string())
    return pc.coalesce(*(pc.if_else(pc.is_null(values), reason, none) for reason, values in checks))


def split(reading: Reading, mapping: Mapping, name: str, canonical: pa.Table, reasons: pa.ChunkedArray) -> Cleaned:
    """Rows that can be used, those set aside for a reason, and the account of both.

    Raises
    ------
    DataProblem
        NO_USABLE_ROWS when no row is left.
    """
    usable = pc.is_null(reasons)
    used = pc.sum(usable).as_py() or 0
    facts = source_facts(reading, mapping.role, name, used, reasons)
    if not used and not _told_elsewhere(reading):
        raise DataProblem(Problem.NO_USABLE_ROWS, set_aside=facts.set_aside)
    whole = used == canonical.num_rows
    return Cleaned(canonical if whole else canonical.filter(usable), rows_set_aside(reading, name, reasons), facts)


def _order_extras(lines: pa.Table, mapping: Mapping, amounts: pa.ChunkedArray) -> dict[str, pa.ChunkedArray]:
    costs = line_costs(lines, mapping, amounts)
    extras = {} if costs is None else {"cost": fixed_decimals(costs)}
    if mapping.headers("quantity"):
        extras["quantity"] = as_number(_mapped(lines, mapping, "quantity"))
    done = {"customer_id", "order_date", "amount", "quantity", *used_up(mapping)}
    for field in fields_of("orders"):
        if mapping.headers(field.key) and field.key not in done:
            becomes: Becomes = field.becomes if field.becomes in ("class", "own", "key") else "text"
            extras[field.key] = converted(_mapped(lines, mapping, field.key), becomes)
    return extras | _passed_through(lines, mapping, {*extras, *done}, as_text)


def _customer_extras(rows: pa.Table, mapping: Mapping) -> dict[str, pa.ChunkedArray]:
    extras = {}
    for field in fields_of("customers"):
        if field.key != "customer_id" and mapping.headers(field.key):
            extras[field.key] = _field_values(rows, mapping, field)
    return extras | _passed_through(rows, mapping, {*extras, "customer_id"}, as_own)


def _field_values(rows: pa.Table, mapping: Mapping, field: Field) -> pa.ChunkedArray:
    headers = mapping.headers(field.key)
    if len(headers) == 1:
        return converted(rows[headers[0]], field.becomes)
    return as_number(total([as_decimal(rows[header]) for header in headers]))


def _passed_through(
    rows: pa.Table, mapping: Mapping, taken: set[str], form: Callable[[pa.ChunkedArray], pa.ChunkedArray]
) -> dict[str, pa.ChunkedArray]:
    """Columns that stand for no field, under their own names or the next free one."""
    names = {name.casefold() for name in taken}
    return {free_name(header, names): form(rows[header]) for header in mapping.unmapped if header in rows.column_names}
