"""Blanks that mean "as above": recognised by their pattern, asked about, never filled unasked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tiering.ingest.values.cells import as_text, filled_rows
from tiering.ingest.values.kinds import Judged

FEWEST_ROWS = 4
BLANKS = (0.05, 0.97)
MANY_BLANKS = 0.3  # below that three columns have to be blank in the same rows


@dataclass(frozen=True)
class Gaps:
    """Places of the columns whose blanks may stand for the value above, leftmost first."""

    places: tuple[int, ...]
    blank: int = 0


def find_gaps(columns: Sequence[Judged], cells: Sequence[pa.Array]) -> Gaps:
    """The leading columns of words that are written once for each group of rows, and all that are blank as they are.

    Numbers are left alone: an amount that stands on the first line of an order would count on each of its lines.
    """
    places, blank = [], 0
    for place, (one, column) in enumerate(zip(columns, cells, strict=True)):
        filled = filled_rows(column)
        if one.numeric or one.kind == "date" or not _once_a_group(column, filled):
            break
        places.append(place)
        blank = int((~filled).sum())
    if places:
        pattern = filled_rows(cells[places[0]])
        words = [place for place, one in enumerate(columns) if not one.numeric and place not in places]
        places += [place for place in words if np.array_equal(filled_rows(cells[place]), pattern)]
        alike = sum(np.array_equal(filled_rows(column), pattern) for column in cells)
        if blank < MANY_BLANKS * len(pattern) and alike < 3:
            return Gaps(())
    return Gaps(tuple(sorted(places)), blank)


def _once_a_group(column: pa.Array, filled: np.ndarray) -> bool:
    """First row filled, enough blanks, and no value written twice in a row or twice at all (but for a few)."""
    if len(column) < FEWEST_ROWS or not filled[0] or not BLANKS[0] <= 1 - filled.mean() <= BLANKS[1]:
        return False
    values = column.filter(pa.array(filled))
    return bool(pc.count_distinct(as_text(values)).as_py() >= 0.9 * len(values) and len(values) > 1)


def filled_down(column: pa.Array) -> pa.Array:
    """Column with each blank replaced by the last value above it."""
    column = as_text(column)
    blank = pc.equal(pc.utf8_trim_whitespace(column), "")
    absent = pc.if_else(blank, pa.scalar(None, pa.string()), column)
    return pc.fill_null(pc.fill_null_forward(absent), "")


def question(name: str, column: pa.Array, gaps: Gaps) -> dict[str, Any]:
    """Whether blanks mean "as above", with the first rows under either answer."""
    first = column.slice(0, 6)
    return {
        "code": "fill_down",
        "evidence": {"column": name, "blank": gaps.blank},
        "choices": [
            {"value": "yes", "preview": [[cell] for cell in filled_down(first).to_pylist()]},
            {"value": "no", "preview": [[cell] for cell in first.to_pylist()]},
        ],
    }
