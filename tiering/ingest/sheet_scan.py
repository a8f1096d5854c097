"""One sheet's XML seen piece by piece: how many cells it has, how far they reach, which formulas lack a result."""

from __future__ import annotations

import re

SEVEN_DIGITS = re.compile(rb'\br="[A-Z]{0,3}(\d{7,})"')
SIX_DIGITS = re.compile(rb'\br="[A-Z]{0,3}\d{6}"')
THREE_LETTERS = re.compile(rb'\br="([A-Z]{3})\d')
TWO_LETTERS = re.compile(rb'\br="([A-Z]{2})\d')
REFERENCE = re.compile(rb'\br="([A-Z]{0,3})(\d+)"')
UNFILLED = re.compile(rb'<c r="([A-Z]+\d+)"[^>]*><f(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>')


class SheetScan:
    """Counts over the pieces of one sheet."""

    def __init__(self) -> None:
        self.cells = 0
        self.rows = 0
        self.unfilled = 0
        self.first_unfilled = ""
        self.last_row = 0
        self.last_column = 0
        self.digits = 5
        self.letters = 1

    def take(self, window: bytes, old: int) -> None:
        """Go on with a piece; its first ``old`` bytes were seen before."""
        new = window[old:]
        self.cells += new.count(b"<c ") + new.count(b"<c>")
        self.rows += new.count(b"<row")
        self._reach(window)
        if b"<f" in new:
            found = [match for match in UNFILLED.finditer(window) if match.end() > old]
            self.unfilled += len(found)
            if found and not self.first_unfilled:
                self.first_unfilled = found[0][1].decode("ascii")

    def _reach(self, window: bytes) -> None:
        """How far the cells reach: roughly at first, exactly where that is already far."""
        if SEVEN_DIGITS.search(window):
            self.digits = 7
        elif self.digits < 6 and SIX_DIGITS.search(window):
            self.digits = 6
        if THREE_LETTERS.search(window):
            self.letters = 3
        elif self.letters < 2 and TWO_LETTERS.search(window):
            self.letters = 2
        if self.digits == 7 or self.letters == 3 or (self.digits == 6 and self.letters == 2):
            for letters, digits in set(REFERENCE.findall(window)):
                self.last_row = max(self.last_row, int(digits[:9]))
                self.last_column = max(self.last_column, column_number(letters))

    def span(self, limit: int) -> int:
        """Cells of the rectangle around everything if that is beyond ``limit``, else 0."""
        columns = self.last_column or 26 ** min(self.letters, 2)
        rows = max(self.last_row or 10**self.digits, self.rows)
        if not self.last_row:
            return 0
        return rows * columns if rows * columns > limit else 0


def column_number(letters: bytes) -> int:
    """``b"A"`` → 1, ``b"XFD"`` → 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
