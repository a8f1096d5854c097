"""One sheet's XML seen piece by piece: how many cells it has, how far they reach, which formulas lack a result."""

from __future__ import annotations

import re

DIGITS, LETTERS = b"0123456789", b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SHAPES = bytes.maketrans(DIGITS + LETTERS, b"0" * 10 + b"A" * 26)  # r="XFD12" → r="AAA00"
COLUMNS_BY_LETTERS = (b"", b"A", b"AA", b"AAA")
REFERENCE = re.compile(rb'\br="([A-Z]{0,3})(\d+)"')
HIDDEN = re.compile(rb'<row\b[^>]*\bhidden="(?:1|true)"[^>]*>')
UNFILLED = re.compile(rb'<c r="([A-Z]+\d+)"[^>]*><f(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>')


class SheetScan:
    """Counts over the pieces of one sheet."""

    def __init__(self) -> None:
        self.cells = 0
        self.rows = 0
        self.hidden = 0
        self.unfilled = 0
        self.first_unfilled = ""
        self.last_row = 0
        self.last_column = 0
        self.digits = 5
        self.letters = 1

    def take(self, window: bytes, old: int) -> None:
        """Go on with a piece; its first ``old`` bytes were seen before."""
        if b" r='" in window:
            window = window.replace(b"'", b'"')
        self.cells += window.count(b"<c ", old)
        self.rows += window.count(b"<row", old)
        if b"hidden=" in window:
            self.hidden += sum(match.end() > old for match in HIDDEN.finditer(window))
        self._reach(window)
        if b"<f" in window:
            found = [match for match in UNFILLED.finditer(window) if match.end() > old]
            self.unfilled += len(found)
            if found and not self.first_unfilled:
                self.first_unfilled = found[0][1].decode("ascii")

    def _reach(self, window: bytes) -> None:
        """How far the cells reach: roughly at first, exactly where that is already far."""
        shapes = window.translate(SHAPES)
        for digits in range(7, self.digits, -1):
            if any(b' r="' + letters + b"0" * digits in shapes for letters in COLUMNS_BY_LETTERS):
                self.digits = digits
                break
        for letters in range(3, self.letters, -1):
            if b' r="' + b"A" * letters in shapes:
                self.letters = letters
                break
        if self.digits == 7 or self.letters == 3 or (self.digits == 6 and self.letters == 2):
            for column, row in set(REFERENCE.findall(window)):
                self.last_row = max(self.last_row, int(row[:9]))
                self.last_column = max(self.last_column, column_number(column))

    def span(self, limit: int) -> int:
        """Cells of the rectangle around everything if that is beyond ``limit``, else 0."""
        cells = max(self.last_row, self.rows) * self.last_column
        return cells if cells > limit else 0


def column_number(letters: bytes) -> int:
    """``b"A"`` → 1, ``b"XFD"`` → 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
