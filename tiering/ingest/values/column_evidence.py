"""What a whole column says of its decimal mark and of the order of day and month, and when one has to ask."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tiering.ingest.values.dates import DateText, Order, date_text, possible_orders
from tiering.ingest.values.numbers import Mark, marks_seen, number_text

NO_MARK = r"^[+-]?\d*$"
LOOKED_AT = 20_000
MAYBE_OPEN = r"^\D*\d{1,2}\D"
ONE_DIGIT = re.compile(r"(?<!\d)\d(?=[-/.])")
TWO_DIGITS = re.compile(r"(?<!\d)0\d(?=[-/.])")
ORDERS: tuple[Order, ...] = ("dmy", "mdy", "ymd")
FEWEST_CONVERTED = 2
MANY_OPEN = 20  # so many dates that read both ways, and a single one that does not: it may be the odd one


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


def order_counts(values: pa.Array) -> Evidence:
    """What the dates of a column say about the order of day and month.

    Counts ``dmy``, ``mdy`` and ``ymd`` are values that read one way only, ``open`` and ``short`` (of two-digit years)
    those that read several ways, ``dotted`` those of them with dots; ``converted`` is set where a program has turned
    the others around (see :func:`_is_converted`), ``firsts`` where all open ones share their first or second number.
    """
    counts: Counter[str] = Counter()
    open_words, one_way = [], []
    for word in spread_sample(values.filter(pc.match_substring_regex(values, MAYBE_OPEN))):
        date = date_text(word)
        if date is None or date.shape != "order":
            continue
        possible = possible_orders(date)
        if len(possible) == 1:
            counts[next(iter(possible))] += 1
            one_way.append((word, date))
        elif possible:
            counts["short" if "ymd" in possible else "open"] += 1
            counts["dotted"] += date.dotted
            open_words.append((word, date))
    if one_way and _is_converted(values, open_words, one_way):
        counts["converted"] = 1
    if any(len({date.numbers[place] for _, date in open_words}) == 1 for place in (0, 1)):
        counts["firsts"] = 1
    shown = [*one_way[:2], *open_words[:3]] if one_way else open_words[:5]
    return Evidence(counts, [word for word, _ in shown])


def _is_converted(
    values: pa.Array, open_words: list[tuple[str, DateText]], one_way: list[tuple[str, DateText]]
) -> bool:
    """Whether a table program of another country read half of the dates, and turned day and month around in them.

    What it could read became true dates, none of them after the 12th; what it could not stayed text, each with a
    number above 12. Where the true dates were written out again they are padded otherwise than the texts.
    """
    if len({next(iter(possible_orders(date))) for _, date in one_way}) > 1:
        return False
    if open_words:
        return _padding(open_words) == {"padded"} != _padding(one_way) and _padding(one_way) == {"bare"}
    days = [date.day for word in spread_sample(values) if (date := date_text(word)) and date.shape == "sure"]
    return len(days) >= FEWEST_CONVERTED and max(days) <= 12


def _padding(words: list[tuple[str, DateText]]) -> set[str]:
    """How days and months below ten are written."""
    return {
        style for word, _ in words for style, form in (("padded", TWO_DIGITS), ("bare", ONE_DIGIT)) if form.search(word)
    }


def day_order(own: Evidence, others: Iterable[Evidence]) -> Order | None:
    """Order of day and month of a column; None where it has to be asked for."""
    if why_open(own):
        return None
    for evidence in (own, *others):
        known = [(evidence.counts[order], order) for order in ORDERS]
        if sum(count > 0 for count, _ in known) == 1 and not evidence.counts["converted"]:
            return max(known)[1]
    if own.counts["open"] and own.counts["dotted"] == own.counts["open"] and not own.counts["short"]:
        return "dmy"
    return None if own.counts["open"] or own.counts["short"] else "dmy"


def why_open(own: Evidence) -> str:
    """What a column's own evidence suffers from: ``converted``, ``both`` or ``lone``; nothing where it agrees."""
    if own.counts["converted"]:
        return "converted"
    one_way = [own.counts[order] for order in ORDERS if own.counts[order]]
    if len(one_way) > 1:
        return "both"
    lone = sum(one_way) == 1 and own.counts["open"] - own.counts["dotted"] >= MANY_OPEN and not own.counts["firsts"]
    return "lone" if lone else ""
