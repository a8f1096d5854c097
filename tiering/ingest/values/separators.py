"""The decimal mark of each number column and the day order of each date column, decided over the file or asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from tiering.ingest.sheets.grid import Grid
from tiering.ingest.values.columns import Distinct
from tiering.ingest.values.dates import Order, date_text, date_value
from tiering.ingest.values.kinds import Judged
from tiering.ingest.values.marks import Evidence, as_facts, day_order, decimal_mark, mark_counts, order_counts
from tiering.ingest.values.numbers import Mark, number_text, number_value

MARKS: dict[str, Mark] = {"point": ".", "comma": ","}


@dataclass
class Choices:
    """Decimal mark and day order by column (a default where neither matters), and what is still open."""

    marks: list[Mark]
    orders: list[Order]
    questions: list[dict[str, Any]] = field(default_factory=list)


def choose(columns: Sequence[Judged], values: Sequence[Distinct], grid: Grid, answers: Mapping[str, Any]) -> Choices:
    """Decide mark and order of every column by its own evidence, then by the other columns', then by an answer."""
    choices = Choices([], [])
    numbers = [_marks(one, cells, native) for one, cells, native in zip(columns, values, grid.native, strict=True)]
    dates = [
        order_counts(cells.values) if one.kind == "date" else None for one, cells in zip(columns, values, strict=True)
    ]
    for place, one in enumerate(columns):
        choices.marks.append(_mark(place, one, numbers, (grid, answers, choices)))
        choices.orders.append(_order(place, one, dates, (answers, choices)))
    return choices


def _marks(one: Judged, cells: Distinct, native: bool) -> Evidence | None:
    return mark_counts(cells.values) if one.numeric and not native else None


def _mark(
    place: int,
    one: Judged,
    evidence: list[Evidence | None],
    context: tuple[Grid, Mapping[str, Any], Choices],
) -> Mark:
    grid, answers, choices = context
    own = evidence[place]
    if own is None:
        return "."
    if "decimal" in answers:
        return MARKS.get(_answer(answers["decimal"], one.name), ".")
    others = [other for other in evidence if other is not None and other is not own]
    mark = decimal_mark(own, others, grid.joiner == "," or bool(one.unit))
    if mark is None:
        _ask(choices, _decimal_question(one.name, own))
    return mark or "."


def _order(
    place: int, one: Judged, evidence: list[Evidence | None], context: tuple[Mapping[str, Any], Choices]
) -> Order:
    answers, choices = context
    own = evidence[place]
    if own is None:
        return "dmy"
    if "date_order" in answers and not any(own.counts[order] for order in ("dmy", "mdy", "ymd")):
        return cast("Order", _answer(answers["date_order"], one.name))
    others = [other for other in evidence if other is not None and other is not own]
    order = day_order(own, others)
    if order is None:
        _ask(choices, _order_question(one.name, own))
    return order or "dmy"


def _answer(answer: Any, column: str) -> str:
    """An answer for all columns, or for this one."""
    return str(answer.get(column, "") if isinstance(answer, Mapping) else answer)


def _ask(choices: Choices, question: dict[str, Any]) -> None:
    """One question for all columns alike; the first column is shown."""
    if all(asked["code"] != question["code"] for asked in choices.questions):
        choices.questions.append(question)


def _decimal_question(name: str, evidence: Evidence) -> dict[str, Any]:
    previews = []
    for value, mark in MARKS.items():
        read = [number_value(number, mark) for word in evidence.examples if (number := number_text(word))]
        previews.append({"value": value, "preview": [str(number) for number in read]})
    return {"code": "decimal", "evidence": as_facts(name, evidence), "choices": previews}


def _order_question(name: str, evidence: Evidence) -> dict[str, Any]:
    orders: tuple[Order, ...] = ("dmy", "mdy", "ymd") if evidence.counts["short"] else ("dmy", "mdy")
    previews = []
    for order in orders:
        days = [date_value(date, order) for word in evidence.examples if (date := date_text(word))]
        previews.append({"value": order, "preview": [day.strftime("%Y-%m-%d") if day else "" for day in days]})
    return {"code": "date_order", "evidence": as_facts(name, evidence), "choices": previews}
