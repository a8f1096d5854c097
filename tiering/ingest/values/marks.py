"""Decimal marks and day orders: what a whole column says, and when one has to ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tiering.ingest.values.columns import Distinct
from tiering.ingest.values.dates import Order, date_text, possible_orders
from tiering.ingest.values.numbers import Mark, marks_seen, number_text

MAYBE_OPEN = r"^\D*\d{1,2}\D"
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
    words = _spread_sample(marked)
    texts = [(number_text(word), word) for word in words]
    counts = marks_seen(number.core for number, _ in texts if number is not None)
    return Evidence(Counter(counts), [word for number, word in texts if number is not None][:5])


def order_counts(values: pa.Array) -> Evidence:
    """What the dates of a column say about the order of day and month: ``dmy``, ``mdy``, ``open``."""
    counts: Counter[str] = Counter()
    examples = []
    for word in _spread_sample(values.filter(pc.match_substring_regex(values, MAYBE_OPEN))):
        date = date_text(word)
        if date is None or date.shape != "order":
            continue
        possible = possible_orders(date)
        if len(possible) == 1:
            counts[next(iter(possible))] += 1
        elif possible:
            counts["short" if "ymd" in possible else "open"] += 1
            examples.append(word)
    return Evidence(counts, examples[:5])


def _spread_sample(values: pa.Array) -> list[str]:
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


def day_order(own: Evidence, others: Iterable[Evidence]) -> Order | None:
    """Order of day and month of a column; None where it has to be asked for."""
    for evidence in (own, *others):
        known: list[tuple[int, Order]] = [(evidence.counts[order], order) for order in ("dmy", "mdy", "ymd")]
        if max(known)[0]:
            return max(known)[1]
    return None if own.counts["open"] or own.counts["short"] else "dmy"


def as_facts(name: str, evidence: Evidence) -> dict[str, Any]:
    """Evidence as it stands in a question."""
    return {"column": name, "examples": evidence.examples, "counts": dict(evidence.counts)}


__all__ = ["Distinct", "Evidence", "as_facts", "day_order", "decimal_mark", "mark_counts", "order_counts"]
