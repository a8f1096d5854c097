"""Tables as CSV: plain for programs, readable for people, under a CRM's own names; safe in a spreadsheet."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date

import numpy as np
import pandas as pd

from tiering.dataset import Dataset
from tiering.evaluate import Tiering
from tiering.report.safe import not_a_formula, straight
from tiering.said.kinds import Kind, decimals_of, kind_of, money_decimals
from tiering.said.labels import column_labels
from tiering.said.provisional import provisional_labels
from tiering.said.tiered_customers import LEAD, tiered_customers
from tiering.scenario.plan import Crm, CrmColumn
from tiering.words import Words

BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads UTF-8 as the system's own encoding
ROWS_AT_A_TIME = 50_000

_TO_QUOTE = re.compile('[",\r\n]')

Cells = list[str]


def customers_csv(tiering: Tiering, dataset: Dataset) -> Iterator[bytes]:
    """Tiered customers for programs, in pieces: English machine names, rows in code-point order of the id.

    Header: ``customer_id,score,base_tier,tier,revenue,annual_revenue,orders,recency_days,standing``, then the
    columns of ``tiered_customers``. UTF-8 without mark, LF; money with the decimals of the data (2 to 6), scores with
    3, other computed figures with up to 6, dates as YYYY-MM-DD, nothing for what is missing. The same tiers give the
    same bytes, whatever the row order of the files was.
    """
    listed = tiered_customers(tiering, order="id")
    ordered = listed[list(dict.fromkeys([*LEAD, *listed.columns]))]
    return csv_pieces(ordered, [str(name) for name in ordered], money_decimals(dataset))


def customers_csv_for_people(tiering: Tiering, dataset: Dataset, words: Words) -> bytes:
    """Tiered customers to open in a spreadsheet: readable headers, UTF-8 with mark, biggest annual revenue first."""
    listed = provisional_labels(tiered_customers(tiering, words=words), words)
    pieces = csv_pieces(listed, column_labels(listed.columns, words), money_decimals(dataset))
    return BYTE_ORDER_MARK.encode() + b"".join(pieces)


def csv_pieces(table: pd.DataFrame, headers: list[str], decimals: int) -> Iterator[bytes]:
    """Table + its headers → CSV bytes, some thousand rows at a time; ``decimals`` are those of money."""
    yield csv_line(map(not_a_formula, headers)).encode()
    for start in range(0, len(table), ROWS_AT_A_TIME):
        rows = table.iloc[start : start + ROWS_AT_A_TIME]
        yield csv_lines([column_cells(rows[name], decimals) for name in rows]).encode()


def column_cells(column: pd.Series, decimals: int) -> Cells:
    """Values of one column as CSV shows them, empty where missing."""
    kind = kind_of(column)
    if kind in ("text", "date"):
        written = _text if kind == "text" else _day
        return ["" if missing else written(cell) for cell, missing in zip(column, column.isna(), strict=True)]
    shown = _number_form(kind, decimals)
    return [shown(number) if math.isfinite(number) else "" for number in column.tolist()]


def _number_form(kind: Kind, decimals: int) -> Callable[[float], str]:
    places = decimals_of(kind, decimals)
    if places is None:
        return lambda figure: _trimmed(np.format_float_positional(figure, trim="-"))
    if kind in ("score", "money"):
        return lambda figure: _without_minus_zero(f"{figure:.{places}f}")
    return lambda figure: _trimmed(f"{figure:.{places}f}")


def _trimmed(digits: str) -> str:
    return _without_minus_zero(digits.rstrip("0").rstrip(".") if "." in digits else digits)


def _without_minus_zero(digits: str) -> str:
    return digits[1:] if digits.startswith("-") and not digits.strip("-0.") else digits


def _day(day: date) -> str:
    return f"{day.year:04}-{day.month:02}-{day.day:02}"


def _text(cell: object) -> str:
    return not_a_formula(straight(cell if isinstance(cell, str) else str(cell)))


def csv_lines(columns: list[Cells]) -> str:
    """Columns of cells → lines of text."""
    return "".join(map(csv_line, zip(*columns, strict=True)))


def csv_line(cells: Iterable[str]) -> str:
    """Cells → one line of text, quoted where needed (RFC 4180, with a line feed at the end)."""
    return ",".join(map(_quoted, cells)) + "\n"


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _TO_QUOTE.search(cell) else cell


USUAL = ("customer_id", "customer_name", "tier", "score", "annual_revenue", "owner")


def crm_columns(listed: pd.DataFrame, crm: Crm) -> tuple[CrmColumn, ...]:
    """The columns to write: those chosen, or the usual ones there are, under their own names."""
    if crm.columns:
        return crm.columns
    return tuple(CrmColumn(column=name, name=name) for name in USUAL if name in listed)


def crm_lacking(listed: pd.DataFrame, crm: Crm) -> list[str]:
    """Chosen columns that this data does not have: they are written empty, so that the CRM's form stays whole."""
    return [one.column for one in crm.columns if one.column not in listed]


def crm_csv(tiering: Tiering, dataset: Dataset) -> Iterator[bytes]:
    """Tiers + the scenario's CRM columns → CSV in pieces: UTF-8 with mark, rows in code-point order of the id."""
    listed = tiered_customers(tiering, order="id")
    wanted = crm_columns(listed, tiering.scenario.crm)
    written = listed.reindex(columns=[one.column for one in wanted])
    yield BYTE_ORDER_MARK.encode()
    yield from csv_pieces(written, [one.name for one in wanted], money_decimals(dataset))
