"""The claim ``totals``: rows that are sums, means or extremes of the rows above, and columns that sum others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tiering.claims import Asked, Claim
from tiering.ingest.meaning.draft import Draft, Finding, leave_out
from tiering.ingest.meaning.mapping import with_column
from tiering.ingest.sheets.total_rows import Label, likely_label, total_label
from tiering.ingest.values.conversion import as_number, as_text, is_number

TOTAL = "total"
FEWEST_ROWS = 3
LONG = 20_000  # in longer tables labels are looked for among the last rows and those with gaps
LAST = 50
MOST_GAPS = 200
MOST_LEVELS = 30  # subtotals within subtotals
FEWEST_UNLABELLED = 4
CENT, TINY = 0.0051, 1e-9
Figures = NDArray[np.float64]
ORDER: tuple[Label | None, ...] = ("sure", "statistic", "doubtful", "part", None)


@dataclass(frozen=True)
class _Candidate:
    """A row that may be a total: its label, and whether it lacks what other rows have.

    ``bare``: it holds nothing but its label and numbers; ``keyless``: it lacks its customer or its day.
    """

    row: int
    label: Label | None
    has_gap: bool
    bare: bool
    keyless: bool


@dataclass(frozen=True)
class _Footing:
    """How many of a row's numbers agree with the rows of one group, and how many rows these are."""

    agree: int = 0
    differ: int = 0
    rows: int = 0


def find(draft: Draft, asked: Asked) -> Finding:
    """Totals below, above or among the rows are no customers and no orders; a column of totals counts alone.

    Judged by arithmetic: a label alone speaks only where nobody can be called so.
    """
    draft, of_columns = _without_summed_columns(draft)
    figures = _figures(draft)
    if draft.table.num_rows < FEWEST_ROWS or not figures:
        return Finding(draft, of_columns)
    rows = _totals(draft, figures, _candidates(draft))
    if not rows:
        return Finding(draft, of_columns)
    mask = np.zeros(draft.table.num_rows, bool)
    mask[rows] = True
    facts = {"why": "rows", "at": [draft.lines[row].as_py() for row in rows[:3]]}
    claim = Claim("totals", len(rows), "likely", facts, draft.name, len(rows))
    return Finding(leave_out(draft, pa.array(mask), TOTAL), (*of_columns, claim))


def _figures(draft: Draft) -> list[Figures]:
    """The columns of numbers, NaN where a cell is missing."""
    kinds = {column.name: column.kind for column in draft.reading.columns}
    numeric = [name for name in draft.table.column_names if is_number(draft.table.schema.field(name).type)]
    return [as_number(draft.table[name]).to_numpy() for name in numeric if kinds.get(name) != "share"]


def _candidates(draft: Draft) -> list[_Candidate]:
    """Rows with the label of a total, rows with gaps, and the last one."""
    table = draft.table
    words = [name for name in table.column_names if not is_number(table.schema.field(name).type)]
    gaps = {row for name in words for row in _gaps(table[name])}
    labels = _labels(table, words, gaps)
    keys = [header for key in ("customer_id", "customer_name", "order_date") for header in draft.mapping.headers(key)]
    found = []
    for row in sorted({*gaps, *labels, table.num_rows - 1}):
        filled = [name for name in words if table[name][row].is_valid]
        bare = len(filled) <= (row in labels)
        keyless = any(name not in filled for name in keys if name in words)
        found.append(_Candidate(row, labels.get(row), row in gaps, bare, keyless))
    return found


def _gaps(cells: pa.ChunkedArray) -> list[int]:
    """Rows in which a column is empty that is filled as a rule."""
    most = min(MOST_GAPS, max(FEWEST_ROWS, len(cells) // 10), len(cells) // 2)
    if not 0 < cells.null_count <= most:
        return []
    return np.flatnonzero(pc.is_null(cells).to_numpy()).tolist()


def _labels(table: pa.Table, words: Sequence[str], gaps: set[int]) -> dict[int, Label]:
    """Row → the plainest label in it."""
    count = table.num_rows
    rows = range(count) if count <= LONG else sorted({*gaps, *range(count - LAST, count)})
    part = table.select(list(words)) if count <= LONG else table.select(list(words)).take(pa.array(rows))
    found: dict[int, Label] = {}
    for name in [name for name in words if pa.types.is_string(table.schema.field(name).type)]:
        texts = as_text(part[name])
        for place in np.flatnonzero(pc.fill_null(pc.match_substring_regex(texts, likely_label()), False).to_numpy()):
            label = total_label(texts[int(place)].as_py())
            row = rows[int(place)]
            if label is not None and ORDER.index(label) < ORDER.index(found.get(row)):
                found[row] = label
    return found


def _totals(draft: Draft, figures: list[Figures], candidates: list[_Candidate]) -> list[int]:
    """The rows of the candidates that are totals, from the top down."""
    details = np.ones(draft.table.num_rows, bool)
    details[[one.row for one in candidates if one.label]] = False
    found: list[int] = []
    for one in candidates:
        if _is_total(one, figures, details, found, draft):
            details[one.row] = False
            found.append(one.row)
        else:
            details[one.row] = True
    return found


def _is_total(
    one: _Candidate, figures: list[Figures], details: NDArray[np.bool_], before: list[int], draft: Draft
) -> bool:
    footing = _footing(one, figures, details, before)
    stands_out = one.has_gap or one.bare
    if one.label == "sure":
        return footing.agree > 0 or stands_out
    if one.label == "statistic":
        return stands_out and footing.agree > 0
    if one.label is not None:
        return stands_out and 0 < footing.agree >= footing.differ and footing.rows >= (1 if one.has_gap else 2)
    if one.keyless:
        alone = one.bare and len(figures) == 1
        return footing.rows >= 2 and footing.agree > footing.differ and (footing.agree >= 2 or alone)
    last = one.row == draft.table.num_rows - 1 and draft.mapping.role == "customers"
    return last and footing.rows >= FEWEST_UNLABELLED and footing.agree >= 2 and not footing.differ


def _footing(one: _Candidate, figures: list[Figures], details: NDArray[np.bool_], before: list[int]) -> _Footing:
    """The best agreement of a row's numbers with a group of rows: since a total above, all above, or all others."""
    told = [column[one.row] for column in figures]
    groups = [np.flatnonzero(details[first : one.row]) + first for first in _starts(before)]
    if one.label == "sure" or (one.label and one.row == 0):
        groups.append(np.flatnonzero(details))
    best = _Footing()
    for group in groups:
        rows = group[group != one.row]
        agree = [_agrees(value, column[rows], one.label) for value, column in zip(told, figures, strict=True)]
        footing = _Footing(agree.count(True), agree.count(False), len(rows))
        best = max(best, footing, key=lambda seen: (seen.agree - seen.differ, seen.rows)) if footing.agree else best
    return best


def _starts(before: list[int]) -> list[int]:
    """Where groups of rows may begin: below each of the last totals, and at the top."""
    return [*(row + 1 for row in reversed(before[-MOST_LEVELS:])), 0]


def _agrees(value: float, above: Figures, label: Label | None) -> bool | None:
    """Whether a number is the sum of others, or with a label another figure of theirs; None where it says nothing."""
    known = above[~np.isnan(above)]
    if np.isnan(value) or value == 0 or not len(known):
        return None
    near = CENT + TINY * abs(value)
    if abs(float(known.sum()) - value) <= near:
        return True
    if label not in ("statistic", "sure"):
        return False
    rounded = 0.5 if float(value).is_integer() else near
    if abs(float(known.mean()) - value) <= rounded:
        return True
    others = (known.max(), known.min(), float(np.median(known)), float(len(known)))
    return any(abs(figure - value) <= near for figure in others)


def _without_summed_columns(draft: Draft) -> tuple[Draft, tuple[Claim, ...]]:
    """A column that is the sum of the others which would be added up with it counts alone."""
    headers = draft.mapping.headers("annual_revenue")
    if len(headers) < FEWEST_ROWS or draft.table.num_rows < 2:
        return draft, ()
    columns = np.nan_to_num(np.array([as_number(draft.table[name]).to_numpy() for name in headers]))
    whole = columns.sum(axis=0)
    for name, column in zip(headers, columns, strict=True):
        if column.any() and np.all(np.abs(whole - 2 * column) <= CENT):
            mapping = with_column(draft.mapping, draft.reading, "annual_revenue", name)
            parts = [other for other in headers if other != name]
            claim = Claim("totals", name, "likely", {"why": "column", "column": name, "parts": parts}, draft.name)
            return replace(draft, mapping=mapping), (claim,)
    return draft, ()
