"""Where each record of a text begins, which line it is on and how many cells it has; counted independently."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

NEWLINE, RETURN = 10, 13
BLOCK = 1 << 25


@dataclass(frozen=True)
class Records:
    """Bounds of all records of a text.

    Attributes
    ----------
    starts, ends
        Byte offsets, end exclusive and without the line break.
    lines
        Physical line (1-based) each record starts on.
    widths
        Cells of each record, 0 for an empty line.
    strict
        Whether every quote in the text opens, closes or doubles as it should.
    quoted_breaks
        Whether line breaks stand inside quoted cells.
    """

    starts: np.ndarray
    ends: np.ndarray
    lines: np.ndarray
    widths: np.ndarray
    strict: bool
    quoted_breaks: bool


def find_records(text: bytes, delimiter: int, quote: int | None) -> Records:
    """Bounds of the records of a UTF-8 text under one dialect."""
    codes = np.frombuffer(text, np.uint8)
    scan = _Scan(codes, delimiter, quote)
    for first in range(0, len(codes), BLOCK):
        scan.take(first, min(first + BLOCK, len(codes)))
    return scan.records()


class _Scan:
    """Collects record ends, their line numbers and delimiters up to them, block by block."""

    def __init__(self, codes: np.ndarray, delimiter: int, quote: int | None) -> None:
        self.codes, self.delimiter, self.quote = codes, delimiter, quote
        self.quotes, self.newlines, self.delimiters = 0, 0, 0
        self.strict, self.quoted_breaks = True, False
        self.ends: list[np.ndarray] = []
        self.lines: list[np.ndarray] = []
        self.cells: list[np.ndarray] = []

    def take(self, first: int, last: int) -> None:
        """Go on with the block ``first`` to ``last``."""
        block = self.codes[first:last]
        newlines = np.flatnonzero(block == NEWLINE)
        delimiters = np.flatnonzero(block == self.delimiter)
        quotes = np.flatnonzero(block == self.quote) if self.quote is not None else newlines[:0]
        self._judge(quotes + first)
        outside = self._outside(newlines, quotes)
        delimiters = delimiters[self._outside(delimiters, quotes)]
        ends = newlines[outside]
        self.quoted_breaks |= len(ends) < len(newlines)
        self.ends.append(ends + first)
        self.lines.append((np.flatnonzero(outside) + self.newlines + 1).astype(np.int32))
        self.cells.append(np.searchsorted(delimiters, ends) + self.delimiters)
        self.quotes += len(quotes)
        self.newlines += len(newlines)
        self.delimiters += len(delimiters)

    def _outside(self, positions: np.ndarray, quotes: np.ndarray) -> np.ndarray:
        """Which positions stand outside quoted cells: an even number of quotes before them."""
        if not len(quotes):
            return np.full(len(positions), self.quotes % 2 == 0)
        return (np.searchsorted(quotes, positions) + self.quotes) % 2 == 0

    def _judge(self, quotes: np.ndarray) -> None:
        """A quote opens after a delimiter or closes before one, or touches another quote."""
        if not self.strict or not len(quotes):
            return
        opening = (np.arange(len(quotes)) + self.quotes) % 2 == 0
        before = self.codes[np.maximum(quotes[opening] - 1, 0)]
        after = self.codes[np.minimum(quotes[~opening] + 1, len(self.codes) - 1)]
        borders = np.array([self.delimiter, NEWLINE, RETURN, self.quote or 0], np.uint8)
        begins = np.isin(before, borders) | (quotes[opening] == 0)
        closes = np.isin(after, borders) | (quotes[~opening] == len(self.codes) - 1)
        self.strict = bool(begins.all() and closes.all())

    def records(self) -> Records:
        """All records found; the text after the last line break is one more."""
        size = len(self.codes)
        ends = np.concatenate(self.ends) if self.ends else np.empty(0, np.int64)
        cells = np.concatenate(self.cells) if self.cells else np.empty(0, np.int64)
        after = np.concatenate(self.lines) if self.lines else np.empty(0, np.int32)
        starts = np.concatenate(([0], ends + 1))
        lines = np.concatenate(([1], after + 1)).astype(np.int32)
        if size and (starts[-1] < size):
            ends, cells = np.append(ends, size), np.append(cells, self.delimiters)
        else:
            starts, lines = starts[:-1], lines[:-1]
        widths = (np.diff(cells, prepend=0) + 1).astype(np.int32)
        ends = ends - ((ends > starts) & (self.codes[np.maximum(ends - 1, 0)] == RETURN)) if size else ends
        widths[ends == starts] = 0
        return Records(starts, ends, lines, widths, self.strict and self.quotes % 2 == 0, self.quoted_breaks)
