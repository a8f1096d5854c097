"""Texts whose quotes do not add up: records found line by line, and the ways to cut one record into cells."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from typing import Any

import numpy as np

from tiering.ingest.sheets.dialect import STAND_IN, Dialect
from tiering.ingest.sheets.records import Records

JOINED_LINES = 50


@lru_cache(maxsize=8)
def _patterns(delimiter: str, quote: str) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """A record every quote of which is in order; a field that begins with a quote."""
    d, q = re.escape(delimiter.encode()), re.escape(quote.encode())
    cell = rb"(?:%(q)s(?:[^%(q)s]|%(q)s%(q)s)*%(q)s|(?!%(q)s)[^%(d)s\n]*)" % {b"q": q, b"d": d}
    return re.compile(rb"%s(?:%s%s)*" % (cell, d, cell)), re.compile(rb"(?:^|%s)%s" % (d, q))


def _delimiter(dialect: Dialect) -> str:
    return chr(dialect.byte)


def recovered_records(text: Any, dialect: Dialect) -> Records:
    """Bounds of the records of a text with stray quotes: lines joined only where that puts their quotes in order."""
    whole, opens = _patterns(_delimiter(dialect), dialect.quote)
    starts, ends = _physical_lines(text)
    quoted = _lines_with(text, starts, ends, dialect.quote)
    keep, widths, joined, last = [], [], False, -1
    for line in range(len(starts)):
        if line <= last:
            continue
        last = line
        if quoted[line]:
            last = _last_line(text, (starts, ends), line, whole)
            joined |= last > line
        keep.append((line, max(last, line), last >= line))
    keep_lines = np.array([first for first, _, _ in keep], np.int64)
    final = np.array([end for _, end, _ in keep], np.int64)
    for first, end, _ in keep:
        widths.append(_width(bytes(text[starts[first] : ends[end]]), dialect, (whole, opens)))
    return Records(
        starts[keep_lines], ends[final], (keep_lines + 1).astype(np.int32), np.array(widths, np.int64), False, joined
    )


def without_spaces_before_quotes(text: Any, dialect: Dialect) -> bytes | None:
    """``1, "a", 2`` → ``1,"a", 2``; None where no quote follows a delimiter and spaces."""
    d, q = re.escape(_delimiter(dialect).encode()), re.escape(dialect.quote.encode())
    spaced = re.compile(rb"(%b)[ \t]+(?=%b)|(%b)[ \t]+(?=%b|\r?\n|$)" % (d, q, q, d))
    return spaced.sub(rb"\1\2", bytes(text)) if spaced.search(text) else None


def _physical_lines(text: Any) -> tuple[np.ndarray, np.ndarray]:
    codes = np.frombuffer(text, np.uint8)
    newlines = np.flatnonzero(codes == 10)
    starts = np.concatenate(([0], newlines + 1))
    ends = np.append(newlines, len(codes))
    if starts[-1] == len(codes):
        starts, ends = starts[:-1], ends[:-1]
    ends = ends - ((ends > starts) & (codes[np.maximum(ends - 1, 0)] == 13))
    return starts, ends


def _lines_with(text: Any, starts: np.ndarray, ends: np.ndarray, quote: str) -> np.ndarray:
    places = np.flatnonzero(np.frombuffer(text, np.uint8) == ord(quote))
    return np.searchsorted(places, ends) > np.searchsorted(places, starts)


def _last_line(text: Any, bounds: tuple[np.ndarray, np.ndarray], line: int, whole: re.Pattern[bytes]) -> int:
    """Last line of the record that begins on ``line``; the line itself where joining does not help."""
    starts, ends = bounds
    for last in range(line, min(line + JOINED_LINES, len(starts))):
        if whole.fullmatch(bytes(text[starts[line] : ends[last]])):
            return last
    return line


def _width(record: bytes, dialect: Dialect, patterns: tuple[re.Pattern[bytes], re.Pattern[bytes]]) -> int:
    """Cells of a record in order; −1 for one whose quotes are not."""
    if not record:
        return 0
    whole, opens = patterns
    delimiter = _delimiter(dialect).encode()
    if dialect.quote.encode() not in record or not opens.search(record):
        return record.count(delimiter) + 1
    if not whole.fullmatch(record):
        return -1
    q, d = re.escape(dialect.quote.encode()), re.escape(delimiter)
    quoted = rb"(^|%(d)s)%(q)s(?:[^%(q)s]|%(q)s%(q)s)*%(q)s(?=%(d)s|$)" % {b"q": q, b"d": d}
    return re.sub(quoted, rb"\1", record).count(delimiter) + 1


def readings_of(record: str, dialect: Dialect) -> tuple[tuple[str, ...], ...]:
    """The ways to cut one record into cells, the customary one first.

    Examples
    --------
    >>> readings_of('"a "b" c",1', Dialect(","))[-1]
    ('a "b" c', '1')
    """
    delimiter = dialect.delimiter
    found = [_by_the_book(record, dialect)]
    in_order = _patterns(_delimiter(dialect), dialect.quote)[0].fullmatch(_as_parsed(record, dialect)) is not None
    if dialect.quote in record and not in_order:
        found.append(_outer_quotes(record, dialect))
        found.append(tuple(_without_lone_quote(cell.strip(), dialect.quote) for cell in record.split(delimiter)))
    if "\\" in record:
        found.insert(1, _backslashes(record, dialect))
    return tuple(dict.fromkeys(cells for cells in found if cells))


def _as_parsed(record: str, dialect: Dialect) -> bytes:
    return record.replace(dialect.delimiter, _delimiter(dialect)).encode()


def _without_lone_quote(cell: str, quote: str) -> str:
    """A quote that opens a cell and is never closed was not meant; a cell quoted in order is what it encloses."""
    inner = cell[1:-1].replace(quote * 2, "")
    if len(cell) > 1 and cell.startswith(quote) and cell.endswith(quote) and quote not in inner:
        return cell[1:-1].replace(quote * 2, quote)
    return cell[1:] if cell.startswith(quote) and cell.count(quote) == 1 else cell


def _by_the_book(record: str, dialect: Dialect) -> tuple[str, ...]:
    delimiter = dialect.delimiter
    try:
        rows = list(csv.reader([record], delimiter=delimiter, quotechar=dialect.quote))
    except csv.Error:
        rows = []
    return tuple(rows[0]) if len(rows) == 1 else tuple(record.split(delimiter))


def _outer_quotes(record: str, dialect: Dialect) -> tuple[str, ...]:
    """A quote closes only before a delimiter or the end: quotes within stay."""
    q, d = re.escape(dialect.quote), re.escape(dialect.delimiter)
    cell = re.compile(rf"{q}(.*?){q}\s*(?={d}|$)|([^{d}]*)(?={d}|$)", re.DOTALL)
    cells, place = [], 0
    while place <= len(record):
        found = cell.match(record, place)
        if found is None:
            return ()
        inner = found[1].replace(dialect.quote * 2, dialect.quote) if found[1] is not None else found[2]
        cells.append(_without_lone_quote(inner, dialect.quote))
        place = found.end() + 1
    return tuple(cells)


def _backslashes(record: str, dialect: Dialect) -> tuple[str, ...]:
    """Quotes escaped by a backslash."""
    try:
        rows = list(
            csv.reader(
                [record], delimiter=dialect.delimiter, quotechar=dialect.quote, escapechar="\\", doublequote=False
            )
        )
    except csv.Error:
        return ()
    return tuple(rows[0]) if len(rows) == 1 else ()


__all__ = ["STAND_IN", "readings_of", "recovered_records"]
