"""Rows that could not be used, as a file that can be corrected and read again."""

from __future__ import annotations

import csv
import re
from typing import Any

from tiering.dataset import Dataset
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
        listed = [taken_apart(row, own) for row in listed]
    listed.sort(key=lambda row: (row["source"], row["line"]))
    raw = [RAW] if any(row.get(RAW) for row in listed) else []
    for row in listed:
        row["reason"] = reason_label(row["reason"], words)
    headers = [*(words(f"data.set_aside.{name}") for name in LEAD), *own, *(words("report.raw_line") for _ in raw)]
    cells = [[_cell(row.get(name)) for row in listed] for name in (*LEAD, *own, *raw)]
    return (BYTE_ORDER_MARK + csv_line(map(not_a_formula, headers)) + csv_lines(cells)).encode()


def taken_apart(row: Row, own: list[str]) -> Row:
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
