"""One file of payments or of contacts and its mapping → a canonical table in which each line has its day."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tiering.ingest.clean.cleaning import Cleaned, customer_keys, split, table_of, the_reasons
from tiering.ingest.meaning.fields import CUSTOMER_KEYS, fields_of
from tiering.ingest.meaning.mapping import Mapping, ensure_usable
from tiering.ingest.reading import Reading
from tiering.ingest.values.conversion import converted

DUE = "due"
MONTHS = 12
Days = NDArray[np.float64]


def clean_payments(reading: Reading, mapping: Mapping, name: str = "") -> Cleaned:
    """One row per receivable: ``customer_id`` string and the fields of payments that the file has.

    Dates are date32, money and days float64. ``due`` (date32) is the due date, else the invoice date and the terms.
    A line without customer, else without the day it is due, else without its amount is set aside (``no_customer``,
    ``date``, ``amount``); a column the file does not have is asked of no line.

    Raises
    ------
    DataProblem
        Those of ``ensure_usable``; NO_USABLE_ROWS when no line is left.
    """
    ensure_usable(reading, mapping)
    lines = table_of(reading)
    columns = _fields(lines, mapping)
    due = _due(columns)
    columns |= {} if due is None else {DUE: due}
    checks = (("no_customer", "customer_id"), ("date", DUE), ("amount", "due_amount"))
    return _cleaned(reading, mapping, name, columns, checks)


def clean_contacts(reading: Reading, mapping: Mapping, name: str = "") -> Cleaned:
    """One row per ticket or contact: ``customer_id`` string and the fields of contacts that the file has.

    Dates are date32, hours float64, kinds text. A line without customer, else without its date is set aside
    (``no_customer``, ``date``); where the file has no date column every line counts.

    Raises
    ------
    DataProblem
        Those of ``ensure_usable``; NO_USABLE_ROWS when no line is left.
    """
    ensure_usable(reading, mapping)
    columns = _fields(table_of(reading), mapping)
    return _cleaned(reading, mapping, name, columns, (("no_customer", "customer_id"), ("date", "contact_date")))


def _fields(lines: pa.Table, mapping: Mapping) -> dict[str, pa.ChunkedArray]:
    columns = {"customer_id": customer_keys(lines, mapping)}
    for field in fields_of(mapping.role):
        if field.key not in CUSTOMER_KEYS and mapping.headers(field.key):
            columns[field.key] = converted(lines[mapping.headers(field.key)[0]], field.becomes)
    return columns


def _due(columns: dict[str, pa.ChunkedArray]) -> pa.ChunkedArray | None:
    """The day each line is due; None where the file tells none."""
    told = columns.get("due_date")
    if "invoice_date" not in columns or "terms_days" not in columns:
        return told
    terms = pc.round(columns["terms_days"])
    sane = pc.if_else(pc.less_equal(pc.abs(terms), 36_500), terms, None)
    days = pc.add(columns["invoice_date"].cast(pa.int32()).cast(pa.float64()), sane)
    by_terms = days.cast(pa.int32()).cast(pa.date32())
    return by_terms if told is None else pc.coalesce(told, by_terms)


def _cleaned(
    reading: Reading,
    mapping: Mapping,
    name: str,
    columns: dict[str, pa.ChunkedArray],
    checks: tuple[tuple[str, str], ...],
) -> Cleaned:
    reasons = the_reasons(iter([(reason, columns[key]) for reason, key in checks if key in columns]))
    return split(reading, mapping, name, pa.table(columns), reasons)


def day_numbers(lines: pa.Table, name: str) -> Days:
    """Column of dates → days since 1970 (n,), NaN where missing or where there is no such column."""
    if name not in lines.column_names:
        return np.full(lines.num_rows, np.nan)
    return lines[name].cast(pa.int32()).to_pandas().to_numpy(dtype=np.float64, na_value=np.nan)


def numbers(lines: pa.Table, name: str) -> Days:
    """Column of numbers (n,), NaN where missing or where there is no such column."""
    if name not in lines.column_names:
        return np.full(lines.num_rows, np.nan)
    return lines[name].to_pandas().to_numpy(dtype=np.float64, na_value=np.nan)


def day_number(day: date) -> int:
    """Days since 1970."""
    return (day - date(1970, 1, 1)).days


def months_before(as_of: date, months: int) -> date:
    """The same day some months earlier, the last of a month that lacks it: later days are in the window."""
    return (pd.Timestamp(as_of) - pd.DateOffset(months=months)).date()
