"""The values of one column, each distinct one looked at once."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tiering.ingest.sheets.vocabulary import is_company
from tiering.ingest.values.cells import is_coded
from tiering.ingest.values.dates import DateText, date_text
from tiering.ingest.values.numbers import NumberText, is_absent, number_text

SAMPLE = 3_000


@dataclass(frozen=True)
class Distinct:
    """Distinct trimmed values of a column; ``places`` gives each row's value, None where every row is its own."""

    values: pa.Array
    places: pa.Array | None

    def rows(self, per_value: np.ndarray) -> np.ndarray:
        """One mark per value → one mark per row."""
        return per_value if self.places is None else per_value[self.places.to_numpy(zero_copy_only=False)]


def distinct(column: pa.Array) -> Distinct:
    """Distinct trimmed values of a column of text."""
    if is_coded(column):
        return Distinct(pc.utf8_trim_whitespace(column.dictionary), column.indices)
    if len(column) > 100_000:
        some = column.slice(0, 50_000).dictionary_encode()
        if len(some.dictionary) > 35_000:
            return Distinct(_trimmed(column), None)
    encoded = column.dictionary_encode()
    return Distinct(pc.utf8_trim_whitespace(encoded.dictionary), encoded.indices)


def _trimmed(column: pa.Array) -> pa.Array:
    """The column itself where there is nothing to trim: a copy of millions of names is half the memory."""
    loose = pc.match_substring_regex(column, r"^\s|\s$|^\p{Z}|\p{Z}$")
    return pc.utf8_trim_whitespace(column) if pc.any(loose).as_py() else column


@dataclass
class Census:
    """What a sample of a column's rows says: counts by reading, in rows."""

    rows: int = 0
    absent: int = 0
    numbers: list[tuple[NumberText, str]] = field(default_factory=list)
    dates: list[DateText] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    different: int = 0

    @property
    def filled(self) -> int:
        """Rows that say something."""
        return self.rows - self.absent

    def share(self, count: int) -> float:
        """Part of the filled rows."""
        return count / self.filled if self.filled else 0.0

    @property
    def companies(self) -> int:
        """Rows that end like a company's name."""
        return sum(is_company(text) for text in self.texts)


def census(column: pa.Array) -> Census:
    """Count what the rows of a column say; long columns are sampled evenly."""
    step = max(1, len(column) // SAMPLE)
    cells = column if step == 1 else column.take(pa.array(np.arange(0, len(column), step)))
    found = Census(rows=len(cells))
    words = [cell.strip() for cell in cells.to_pylist()]
    found.different = len(set(words))
    for word in words:
        _count(found, word)
    return found


def _count(found: Census, word: str) -> None:
    number, date = number_text(word), date_text(word)
    if number is None and date is None and is_absent(word):
        found.absent += 1
        return
    if number is not None:
        found.numbers.append((number, word))
    if date is not None:
        found.dates.append(date)
    if number is None and date is None:
        found.texts.append(word)
