"""The decimal mark of each number column and the day order of each date column, decided over the file or asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from tiering.ingest.sheets.grid import Grid
from tiering.ingest.values.column_evidence import (
    Evidence,
    as_facts,
    day_order,
    decimal_mark,
    mark_counts,
    order_counts,
    why_open,
)
from tiering.ingest.values.columns import Distinct
from tiering.ingest.values.dates import Order, date_text, date_value
from tiering.ingest.values.kinds import Judged
from tiering.ingest.values.numbers import Mark, number_text, number_value

ORDERS: tuple[Order, ...] = ("dmy", "mdy", "ymd")
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
        choices.orders.append(_order((place, values), one, dates, (answers, choices)))
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
    where: tuple[int, Sequence[Distinct]],
    one: Judged,
    evidence: list[Evidence | None],
    context: tuple[Mapping[str, Any], Choices],
) -> Order:
    (place, cells), (answers, choices) = where, context
    own = evidence[place]
    if own is None:
        return "dmy"
    if "date_order" in answers and (why_open(own) or not any(own.counts[order] for order in ORDERS)):
        return cast("Order", _answer(answers["date_order"], one.name))
    others = [other for other in evidence if other is not None and other is not own and not why_open(other)]
    order = day_order(own, others)
    if order is None:
        _ask(choices, _order_question(one.name, cells[place], own))
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
        rows = [[word, str(number_value(number, mark))] for word in evidence.examples if (number := number_text(word))]
        previews.append({"value": value, "preview": rows})
    return {"code": "decimal", "evidence": as_facts(name, evidence), "choices": previews}


def _order_question(name: str, cells: Distinct, evidence: Evidence) -> dict[str, Any]:
    """The orders possible, each with how the first dates would be read; what the proposal is where one is likely."""
    why = why_open(evidence)
    orders: tuple[Order, ...] = ORDERS if evidence.counts["short"] or evidence.counts["ymd"] else ORDERS[:2]
    examples = list(evidence.examples)
    turned = bool(why == "converted" and not evidence.counts["open"])
    if turned:
        orders = ("swapped", next(order for order in ORDERS if evidence.counts[order]))
        examples = [*examples[:2], *_true_dates(cells)]
    facts = as_facts(name, evidence) | ({"why": why} if why else {})
    question = {"code": "date_order", "evidence": facts, "choices": [_read_so(order, examples) for order in orders]}
    likely = [order for order in ORDERS if evidence.counts[order]]
    proposal = {"converted": "swapped" if turned else likely[0], "lone": likely[0]} if likely else {}
    return question | ({"proposal": proposal[why]} if why in proposal else {})


def _true_dates(cells: Distinct) -> list[str]:
    words = (
        word for word in cells.values.slice(0, 200).to_pylist() if (date := date_text(word)) and date.shape == "sure"
    )
    return list(words)[:3]


def _read_so(order: Order, examples: Sequence[str]) -> dict[str, Any]:
    days = [(word, date_value(date, order)) for word in examples if (date := date_text(word))]
    return {"value": order, "preview": [[word, day.strftime("%Y-%m-%d") if day else ""] for word, day in days]}
