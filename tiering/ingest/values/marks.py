"""Decimal marks: what a whole column says, and when one has to ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tiering.ingest.values.numbers import Mark, marks_seen, number_text

NO_MARK = r"^[+-]?\d*$"
LOOKED_AT = 20_000


@dataclass
class Evidence:
    """Counts of what speaks for each reading of a column, and examples of it."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)


def mark_counts(values: pa.Array) -> Evidence:
    """What the numbers of a column say about their decimal mark."""
    marked = values.filter(pc.invert(pc.match_substring_regex(values, NO_MARK)))
    words = spread_sample(marked)
    texts = [(number_text(word), word) for word in words]
    counts = marks_seen(number.core for number, _ in texts if number is not None)
    return Evidence(Counter(counts), [word for number, word in texts if number is not None][:5])


def spread_sample(values: pa.Array) -> list[str]:
    """Some thousands of the values, evenly spread."""
    step = max(1, len(values) // LOOKED_AT)
    return values.to_pylist() if step == 1 else values.take(pa.array(np.arange(0, len(values), step))).to_pylist()


def decimal_mark(own: Evidence, others: Iterable[Evidence], comma_groups: bool) -> Mark | None:
    """Decimal mark of a column; None where it has to be asked for.

    Parameters
    ----------
    comma_groups
        Whether a comma before three digits is known to group them: the cells are separated by commas themselves.
    """
    for evidence in (own, *others):
        points, commas = evidence.counts["."], evidence.counts[","]
        if points != commas:
            return "." if points > commas else ","
    if own.counts["dot3"]:
        return None
    if own.counts["comma3"] and not comma_groups:
        return None
    return "."


def as_facts(name: str, evidence: Evidence) -> dict[str, Any]:
    """Evidence as it stands in a question."""
    return {"column": name, "examples": evidence.examples, "counts": dict(evidence.counts)}
