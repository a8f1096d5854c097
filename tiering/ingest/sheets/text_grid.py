"""Decoded text → grid: even records by a fast strict parser, the others apart with their possible readings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from tiering.ingest.bytes.encoding import Decoded
from tiering.ingest.bytes.limits import Limits
from tiering.ingest.sheets.cutting import readings_of, recovered_records, without_spaces_before_quotes
from tiering.ingest.sheets.dialect import SPACES, STAND_IN, Dialect, find_dialect
from tiering.ingest.sheets.grid import Grid, OddRecord
from tiering.ingest.sheets.records import Records, find_records
from tiering.ingest.values.cells import as_text, one_array
from tiering.problems import DataProblem, Problem

SAMPLE = 1 << 17
SHOWN = 2_000
LARGE = 1 << 24  # from here on columns that repeat their values are kept by dictionary
REPEATING = 0.5
FEW_BESIDE_NOTES = 0.15
MANY_ALIKE, NEARLY = 10, 0.9


@dataclass(frozen=True)
class CutText:
    """A text with its dialect and the bounds of its records."""

    text: Any
    dialect: Dialect
    records: Records

    def record(self, index: int) -> str:
        """Text of one record."""
        return bytes(self.text[self.records.starts[index] : self.records.ends[index]]).decode("utf-8")


def text_grid(decoded: Decoded, limits: Limits, width: int | None = None) -> Grid:
    """Grid of a text.

    Parameters
    ----------
    width
        Cells of a record where the most frequent number of them misleads.

    Raises
    ------
    DataProblem
        TOO_MANY_COLUMNS, TOO_MANY_ROWS; NO_ROWS where there is nothing but blank lines.
    """
    dialect = find_dialect(_sample(decoded.text))
    text = _single_byte(decoded.text, dialect)
    records = find_records(text, dialect.byte, ord(dialect.quote))
    if not records.strict:
        text, records = _in_order(text, dialect)
    cut = CutText(text, dialect, records)
    filled = records.widths[records.widths > 0]
    if not len(filled):
        raise DataProblem(Problem.NO_ROWS)
    width = width or _usual_width(filled)
    ensure_size(width, len(filled), limits)
    even = _even(cut, decoded, width, limits)
    columns = _columns(cut, even, width)
    if columns is None:
        columns = _columns_record_by_record(cut, even, width)
    pa.default_memory_pool().release_unused()
    grid = Grid(columns, records.lines[even])
    grid.odd = _odd_records(cut, ~even, decoded)
    grid.joiner = dialect.delimiter
    grid.facts = {"encoding": decoded.encoding, "dialect": {"delimiter": dialect.name, "quote": dialect.quote}}
    _say_what_was_done(grid, decoded)
    return grid


def _in_order(text: Any, dialect: Dialect) -> tuple[Any, Records]:
    """Records of a text with quotes where they should not be: spaces before them are the harmless case."""
    tighter = without_spaces_before_quotes(text, dialect)
    if tighter is not None:
        records = find_records(tighter, dialect.byte, ord(dialect.quote))
        if records.strict:
            return tighter, records
    return text, recovered_records(text, dialect)


def ensure_size(width: int, height: int, limits: Limits) -> None:
    """Refuse tables beyond the limits."""
    if width > limits.columns:
        raise DataProblem(Problem.TOO_MANY_COLUMNS, columns=int(width), limit=limits.columns)
    if height > limits.rows:
        raise DataProblem(Problem.TOO_MANY_ROWS, rows=int(height), limit=limits.rows)


def _sample(text: Any) -> str:
    head = bytes(text[:SAMPLE])
    if len(text) > SAMPLE and b"\n" in head:
        head = head[: head.rindex(b"\n") + 1]
    return head.decode("utf-8", errors="ignore")


def _single_byte(text: Any, dialect: Dialect) -> Any:
    """A delimiter of several bytes is replaced by a control character, which no cell contains."""
    if not dialect.needs_stand_in:
        return text
    if dialect.delimiter == SPACES:
        return re.sub(rb" +", STAND_IN.encode(), re.sub(rb"(?m)^ +| +(?=\r?$)", b"", bytes(text)))
    return bytes(text).replace(dialect.delimiter.encode(), STAND_IN.encode())


def _usual_width(widths: np.ndarray) -> int:
    """The most frequent number of cells; of equals the larger, of two whole tables that of the first.

    Lines of one cell are notes where others are not few.
    """
    counts = np.bincount(widths)
    if len(counts) > 2 and counts[2:].max() >= max(2, FEW_BESIDE_NOTES * counts[1]):
        counts[1] = 0
    most = counts.max()
    if most >= MANY_ALIKE and int((counts >= NEARLY * most).sum()) > 1:
        return int(next(width for width in widths if counts[width] >= NEARLY * most))
    return int(len(counts) - 1 - np.argmax(counts[::-1]))


def _even(cut: CutText, decoded: Decoded, width: int, limits: Limits) -> np.ndarray:
    records = cut.records
    even = (records.widths == width) & (records.ends - records.starts <= limits.line_bytes)
    if decoded.broken:
        even[np.searchsorted(records.lines, list(decoded.broken), side="right") - 1] = False
    if cut.dialect.declared:
        even[0] = False
    return even


def _columns(cut: CutText, even: np.ndarray, width: int) -> list[pa.Array] | None:
    """Cells of the even records, column by column; None where the parser does not find what was counted."""
    names = [str(place) for place in range(width)]
    if not even.any():
        return [pa.array([], pa.string()) for _ in names]
    try:
        table = _parsed(_even_text(cut, even), cut, names)
    except pa.ArrowInvalid:
        return None
    if table.num_rows != int(even.sum()):
        return None
    columns = table.columns
    del table
    for place in range(len(columns)):
        columns[place] = _with_own_mark(one_array(columns[place]), cut.dialect)
    return columns


def _parsed(text: Any, cut: CutText, names: list[str]) -> pa.Table:
    sample = _sample_table(text, cut, names) if len(text) > LARGE else None
    types = {name: pa.string() if sample is None else _storage(sample.column(name)) for name in names}
    return _read_csv(text, cut, names, types)


def _sample_table(text: Any, cut: CutText, names: list[str]) -> pa.Table:
    """The first records that fit into a sample, to see which columns repeat their values."""
    ends = cut.records.ends
    last = int(ends[np.searchsorted(ends, LARGE // 4)]) if len(ends) else 0
    return _read_csv(bytes(text[:last]), cut, names, dict.fromkeys(names, pa.string()))


def _storage(column: pa.ChunkedArray) -> pa.DataType:
    """A dictionary where values repeat, plain text where they do not."""
    repeats = pc.count_distinct(column).as_py() < REPEATING * len(column)
    return pa.dictionary(pa.int32(), pa.string()) if repeats else pa.string()


def _read_csv(text: Any, cut: CutText, names: list[str], types: dict[str, pa.DataType]) -> pa.Table:
    return pa_csv.read_csv(
        pa.BufferReader(pa.py_buffer(text)),
        read_options=pa_csv.ReadOptions(column_names=names, block_size=1 << 24),
        parse_options=pa_csv.ParseOptions(
            delimiter=chr(cut.dialect.byte),
            quote_char=cut.dialect.quote,
            newlines_in_values=cut.records.quoted_breaks,
            ignore_empty_lines=False,
        ),
        convert_options=pa_csv.ConvertOptions(column_types=types, strings_can_be_null=False),
    )


def _columns_record_by_record(cut: CutText, even: np.ndarray, width: int) -> list[pa.Array]:
    """Cells of each record on its own, where parser and count disagree; records of another width become odd."""
    rows = []
    for index in np.flatnonzero(even):
        cells = readings_of(cut.record(int(index)).replace(STAND_IN, cut.dialect.delimiter), cut.dialect)[0]
        if len(cells) == width:
            rows.append(cells)
        else:
            even[index] = False
    return [pa.array([row[place] for row in rows], pa.string()) for place in range(width)]


def _with_own_mark(column: pa.Array, dialect: Dialect) -> pa.Array:
    if not dialect.needs_stand_in:
        return column
    return pc.replace_substring(as_text(column), STAND_IN, dialect.delimiter)


def _even_text(cut: CutText, even: np.ndarray) -> Any:
    """The text without the odd records."""
    if even.all():
        return cut.text
    edges = np.flatnonzero(np.diff(np.concatenate(([0], even.astype(np.int8), [0]))))
    starts, ends = cut.records.starts, np.append(cut.records.starts[1:], len(cut.text))
    pieces = [bytes(cut.text[starts[first] : ends[after - 1]]) for first, after in edges.reshape(-1, 2)]
    return b"".join(pieces)


def _odd_records(cut: CutText, odd: np.ndarray, decoded: Decoded) -> list[OddRecord]:
    found = []
    broken = sorted(decoded.broken)
    for index in np.flatnonzero(odd):
        line = int(cut.records.lines[index])
        after = int(cut.records.lines[index + 1]) if index + 1 < len(odd) else line + 1_000_000
        place = np.searchsorted(broken, line)
        if place < len(broken) and broken[place] < after:
            reason, raw = decoded.broken[broken[place]]
            found.append(OddRecord(line, raw[:SHOWN], reason))
        else:
            found.append(_odd_record(cut, int(index), line))
    return found


def _odd_record(cut: CutText, index: int, line: int) -> OddRecord:
    raw = cut.record(index).replace(STAND_IN, cut.dialect.delimiter)
    if cut.dialect.declared and index == 0:
        return OddRecord(line, raw, "declaration")
    if len(raw) > 100_000:
        return OddRecord(line, raw[:SHOWN], "too_long")
    unended = index + 1 == len(cut.records.ends) and int(cut.records.ends[index]) == len(cut.text)
    return OddRecord(line, raw[:SHOWN], "", readings_of(raw, cut.dialect), unended)


def _say_what_was_done(grid: Grid, decoded: Decoded) -> None:
    if decoded.controls:
        grid.notes.append({"code": "control_characters"})
    grid.repaired.extend({"line": line, "what": "encoding", "encoding": found} for line, found in decoded.repaired)
