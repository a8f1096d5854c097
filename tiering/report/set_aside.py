"""Rows that could not be used, as a file that can be corrected and read again, and what became of every line."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from tiering.dataset import Dataset
from tiering.ingest.meaning.draft import Draft, Understanding
from tiering.ingest.values.conversion import as_text
from tiering.report.csv import BYTE_ORDER_MARK, csv_line, csv_lines
from tiering.report.safe import not_a_formula
from tiering.said.labels import reason_label
from tiering.words import Words

LEAD = ("source", "line", "reason")
RAW = "raw"
DELIMITERS = ",;\t|"

_NUMBER = re.compile(r"\s*[+-]?\d[\d.,]*\s*")

Row = dict[str, Any]


def set_aside_csv(dataset: Dataset, words: Words) -> bytes:
    """Rows set aside in line order: file, line and reason, then the file's own columns; UTF-8 with mark.

    A line kept as text is taken apart again where it has one cell per column, else it stands in a last column. Cells
    that are nothing but a number stay as they are, so that the corrected file can be read again.
    """
    listed: list[Row] = dataset.set_aside.to_pylist()
    own = [name for name in dataset.set_aside.column_names if name not in (*LEAD, RAW)]
    if len(dataset.sources) == 1:
        listed = [split_cells(row, own) for row in listed]
    listed.sort(key=lambda row: (row["source"], row["line"]))
    raw = [RAW] if any(row.get(RAW) for row in listed) else []
    for row in listed:
        row["reason"] = reason_label(row["reason"], words)
    headers = [*(words(f"data.set_aside.{name}") for name in LEAD), *own, *(words("report.raw_line") for _ in raw)]
    cells = [[_cell(row.get(name)) for row in listed] for name in (*LEAD, *own, *raw)]
    return (BYTE_ORDER_MARK + csv_line(map(not_a_formula, headers)) + csv_lines(cells)).encode()


def split_cells(row: Row, own: list[str]) -> Row:
    """The row with the cells of its text where they are as many as the file has columns."""
    if not row.get(RAW):
        return row
    for delimiter in DELIMITERS:
        cells = next(csv.reader([row[RAW]], delimiter=delimiter), [])
        if len(cells) == len(own):
            return row | dict(zip(own, cells, strict=True)) | {RAW: None}
    return row


def _cell(cell: object) -> str:
    text = "" if cell is None else str(cell)
    return text if _NUMBER.fullmatch(text) else not_a_formula(text)


def every_line_csv(understood: Understanding, words: Words) -> bytes:
    """Files one under the other, each line in its place: file, line, status, then the file's own cells; UTF-8."""
    pieces = [BYTE_ORDER_MARK]
    for draft in understood.drafts:
        headers = [words("data.set_aside.source"), words("data.set_aside.line"), words("receipt.status")]
        pieces.append(csv_line(map(not_a_formula, [*headers, *draft.table.column_names])))
        rows = sorted(_rows(draft, words), key=lambda row: int(row[1]))
        pieces.append(csv_lines([list(column) for column in zip(*rows, strict=True)]) if rows else "")
    return "".join(pieces).encode()


def _rows(draft: Draft, words: Words) -> Iterator[tuple[str, ...]]:
    names = draft.table.column_names
    parts: list[tuple[str, pa.Table, pa.Array]] = [(words("receipt.counted"), draft.table, draft.lines)]
    parts += [(reason_label(one.reason, words), one.table, one.lines) for one in draft.left]
    for status, table, lines in parts:
        cells = [_texts(table, name) for name in names]
        for place, line in enumerate(lines.to_pylist()):
            yield draft.name, str(line), status, *(not_a_formula(column[place]) for column in cells)
    left = {line for one in draft.left for line in one.lines.to_pylist()}
    for one in draft.reading.set_aside:
        if one.line not in left:
            raw = [not_a_formula(one.raw), *("" for _ in names[1:])]
            yield draft.name, str(one.line), reason_label(one.reason, words), *raw


def _texts(table: pa.Table, name: str) -> list[str]:
    if name not in table.column_names:
        return [""] * table.num_rows
    return [text or "" for text in as_text(table[name]).to_pylist()]
