"""Delimiter and quotes of a text, chosen by how evenly it cuts and how well the cells read."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass, replace

from tiering.ingest.values.cells import looks

FULL_WIDTH_COMMA = "，"
TAB = "\t"
SPACES = " "  # one or more
STAND_IN = "\x1f"  # one byte in place of a delimiter that has several
DELIMITERS = (",", ";", TAB, "|", FULL_WIDTH_COMMA, ":", "~", "^")
RARE = {":": 0.6, "~": 0.8, "^": 0.8}
QUOTES = ('"', "'")
SAMPLE_RECORDS = 400


@dataclass(frozen=True)
class Dialect:
    """How a text is cut into cells; ``declared`` where a first line ``sep=…`` says so."""

    delimiter: str
    quote: str = '"'
    declared: bool = False
    exact: bool = False  # whether one space parts two cells, so that quoted ones keep theirs

    @property
    def byte(self) -> int:
        """Code of the delimiter in the text as it is handed to the parser."""
        return ord(STAND_IN) if self.needs_stand_in else ord(self.delimiter)

    @property
    def needs_stand_in(self) -> bool:
        """Whether the delimiter is not one byte."""
        return (self.delimiter == SPACES and not self.exact) or len(self.delimiter.encode()) > 1

    @property
    def name(self) -> str:
        """Delimiter as people write it."""
        return {"\t": "tab", "\t\t": "two tabs", " ": "spaces"}.get(self.delimiter, self.delimiter)


def find_dialect(sample: str) -> Dialect:
    """Dialect of a sample of whole lines."""
    first = sample.split("\n", 1)[0].strip().strip('"')
    if first.lower().startswith("sep=") and len(first) == 5:
        return Dialect(first[4], declared=True)
    if _quoted_between_spaces(sample):
        return Dialect(SPACES, exact=True)
    quotes = [quote for quote in QUOTES if quote == '"' or quote in sample]
    ranked = sorted(
        (
            (score(sample, delimiter, quote), -place, quote == '"', delimiter, quote)
            for place, delimiter in enumerate(DELIMITERS)
            if delimiter in sample
            for quote in quotes
        ),
        reverse=True,
    )
    if ranked and ranked[0][0] > 0:
        return _perhaps_doubled(Dialect(ranked[0][3], ranked[0][4]), sample)
    return Dialect(SPACES) if _aligned_by_spaces(sample) else Dialect(",")


def _perhaps_doubled(dialect: Dialect, sample: str) -> Dialect:
    """Two tabs between all cells part them once."""
    pairs = sample.count(TAB * 2)
    return (
        replace(dialect, delimiter=TAB * 2) if dialect.delimiter == TAB and sample.count(TAB) == 2 * pairs else dialect
    )


def _quoted_between_spaces(sample: str) -> bool:
    """Whether every record is the same number of cells, all in quotes, with one space between them."""
    gaps = sample.count('" "')
    rows = sample_rows(sample, SPACES, '"') if gaps and sample.startswith('"') else []
    width = len(rows[0]) if rows else 1
    return len(rows) > 1 and width > 1 and {len(row) for row in rows} == {width} and gaps >= len(rows) * (width - 1)


def _aligned_by_spaces(sample: str) -> bool:
    """Whether every line is the same number of words, most of them numbers."""
    rows = [line.split() for line in sample.splitlines()[:SAMPLE_RECORDS] if line.strip()]
    widths = {len(row) for row in rows}
    typed = sum(looks(cell) != "text" for row in rows for cell in row)
    return len(rows) > 2 and len(widths) == 1 and widths != {1} and typed > 0.6 * sum(map(len, rows))


def score(sample: str, delimiter: str, quote: str) -> float:
    """How well a dialect fits: evenness of the cell counts times the share of cells that read as something.

    References
    ----------
    van den Burg, Nazábal, Sutton (2019), "Wrangling messy CSV files by detecting row and type patterns".
    """
    rows = sample_rows(sample, delimiter, quote)
    if not rows:
        return 0.0
    patterns = Counter(len(row) for row in rows)
    evenness = sum(count * (width - 1) / width for width, count in patterns.items()) / len(patterns) / len(rows)
    cells = [cell for row in rows[1:] or rows for cell in row]
    typed = sum(weight_of(cell) for cell in cells) / max(len(cells), 1)
    apart = 1.0 if quote == '"' else 0.95 if f"{delimiter}{quote}" in sample else 0.0
    return evenness * max(typed, 1e-3) * RARE.get(delimiter, 1.0) * apart


def weight_of(cell: str) -> float:
    """1 for a number, date or blank, less for text the more marks are left in it."""
    if looks(cell) != "text":
        return 1.0
    return 0.9 - 0.5 * any(mark in cell for mark in ",;\t|，")


def sample_rows(sample: str, delimiter: str, quote: str) -> list[list[str]]:
    """The sample cut into cells, blank lines left out."""
    csv.field_size_limit(1 << 24)
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter, quotechar=quote)
    rows = []
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append(row)
            if len(rows) >= SAMPLE_RECORDS:
                break
    except csv.Error:
        return []
    return rows
