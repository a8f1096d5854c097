"""The claim ``states``: lines that are no sale do not count, and what documents take back is subtracted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import reduce
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tiering.claims import Asked, Choice, Claim, Degree, Question, Step, is_worth_asking, total
from tiering.ingest.clean.amounts import as_decimal
from tiering.ingest.meaning.draft import Draft, Finding, leave_out, with_amounts, with_values
from tiering.ingest.meaning.refund_columns import partly_refunded, refunds_of
from tiering.ingest.meaning.state_columns import state_columns
from tiering.ingest.meaning.state_verdicts import VERDICTS, StateColumn, Value
from tiering.ingest.meaning.word_lists import plain, speaks_of
from tiering.ingest.values.conversion import as_text

NOT_COUNTED, RETURNS = "not_counted", "returns"
TURNED = ("quantity", "cost", "profit")  # what a return takes back beside its money
MOST_NAMED = 5


def find(draft: Draft, asked: Asked) -> Finding:
    """Lines by their state, kind of document, stage and marks: they count, are returns, or do not count.

    A line counts where no column speaks against it. The positive amount of a return is subtracted, a negative one
    stays. Values that no word explains are asked about where they hold more than one per cent of the money.
    """
    if not draft.has_amount:
        return Finding(draft)
    answers = _answers(asked)
    columns = [_answered(one, answers) for one in state_columns(draft, frozenset(answers))]
    columns = _without_trifles(columns, draft) if columns else []
    questions, degree = _questions(draft, columns, asked)
    claims = tuple(_claim(draft, one, degree) for one in columns if any(value.lines for value in one.values))
    return Finding(_applied(draft, columns), claims, questions)


def _answers(asked: Asked) -> dict[str, str]:
    given = asked.answers.get("states")
    return {plain(str(key)) or str(key): str(said) for key, said in given.items()} if isinstance(given, Mapping) else {}


def _answered(column: StateColumn, answers: Mapping[str, str]) -> StateColumn:
    return replace(column, values=tuple(_answered_value(value, answers) for value in column.values))


def _answered_value(value: Value, answers: Mapping[str, str]) -> Value:
    said = answers.get(plain(value.text) or value.text)
    verdict = next((one for one in VERDICTS if one == said), None)
    if verdict is None:
        return value
    return replace(value, verdict=verdict, sure=True, came_back=value.came_back and verdict == "no")


def _without_trifles(columns: list[StateColumn], draft: Draft) -> list[StateColumn]:
    """Values of hardly any money need no question, nor partial returns whose size a column tells.

    What another column leaves out for certain is no money that a value could move.
    """
    amounts = draft.amounts()
    gone = _any(
        draft,
        [
            column.lines_of(tuple(one for one in column.values if one.sure and one.verdict == "no"))
            for column in columns
        ],
    )
    sizes, told = pc.if_else(gone, Decimal(0), pc.abs(amounts)), refunds_of(draft)
    whole, by_column = pc.sum(pc.abs(amounts)).as_py(), told is not None and bool(pc.sum(told.money).as_py())
    settled = []
    for column in columns:
        values = [
            replace(
                one,
                sure=one.sure
                or (by_column and speaks_of(one.text, "returned"))
                or not _moves_much(one, column, sizes, whole),
            )
            for one in column.values
        ]
        settled.append(replace(column, values=tuple(values)))
    return settled


def _moves_much(value: Value, column: StateColumn, sizes: pa.ChunkedArray, whole: Decimal) -> bool:
    return is_worth_asking(pc.sum(sizes.filter(column.lines_of((value,)))).as_py(), whole)


def _questions(draft: Draft, columns: list[StateColumn], asked: Asked) -> tuple[tuple[Question, ...], Degree]:
    doubtful = [(column, value) for column in columns for value in column.values if not value.sure]
    if not doubtful:
        return (), "likely"
    proposal: dict[str, str] = {value.text: value.verdict for _, value in doubtful}
    unsaid = replace(asked, answers={key: said for key, said in asked.answers.items() if key != "states"})
    alike = [dict.fromkeys(proposal, verdict) for verdict in ("yes", "no")]
    choices = [proposal, *(one for one in alike if one != proposal)]
    question = Question(
        "states",
        draft.name,
        tuple(_choice(draft, columns, choice) for choice in choices),
        proposal,
        column=", ".join(dict.fromkeys(column.header for column, _ in doubtful)),
        evidence={"why": "unknown"},
        lines=sum(value.lines for _, value in doubtful),
        money=total(value.money for _, value in doubtful),
        examples=tuple(value.text for _, value in doubtful)[:3],
        details=tuple(_detail(column, value) for column, value in doubtful),
    )
    degree = unsaid.decided(question)[1]
    return ((question,), "open") if degree == "open" else ((), degree)


def _choice(draft: Draft, columns: list[StateColumn], answers: dict[str, str]) -> Choice:
    said = {plain(text) or text: verdict for text, verdict in answers.items()}
    left = _applied(draft, [_answered(column, said) for column in columns])
    return Choice(answers, left.table.num_rows, pc.sum(left.amounts()).as_py() or Decimal(0))


def _detail(column: StateColumn, value: Value) -> dict[str, Any]:
    facts = {"column": column.header, "value": value.text, "lines": value.lines, "money": value.money}
    return facts | {"proposal": value.verdict}


def _claim(draft: Draft, column: StateColumn, degree: Degree) -> Claim:
    moved = [value for value in column.values if _moves(value)]
    says = {value.text: value.verdict for value in column.values}
    open_here = any(not value.sure for value in column.values)
    facts: dict[str, Any] = {"why": _why(column, moved), "column": column.header}
    for name, verdict in (("left_out", "no"), ("taken_back", "return")):
        facts[name] = [value.text for value in moved if value.verdict == verdict][:MOST_NAMED]
    return Claim(
        "states",
        says,
        degree if open_here else "likely" if moved else "sure",
        facts,
        draft.name,
        sum(value.lines for value in moved),
        total(value.money for value in moved) if moved else None,
    )


def _moves(value: Value) -> bool:
    """Whether lines are left out or turned: a return whose money is negative already stays as it is."""
    return value.lines > 0 and (value.verdict == "no" or (value.verdict == "return" and value.size > -value.money))


def _why(column: StateColumn, moved: list[Value]) -> str:
    verdicts = {value.verdict for value in moved}
    if verdicts == {"no", "return"}:
        return "both"
    if verdicts:
        return {"yes": "", "no": "not_counted", "return": "returns"}[verdicts.pop()]
    return "negative" if any(value.verdict == "return" for value in column.values) else "all_count"


def _applied(draft: Draft, columns: list[StateColumn]) -> Draft:
    """The draft with what its states say, those that do not count first."""
    if not columns:
        return draft
    amounts = draft.amounts()
    lapsed = _any(draft, [column.lines_of(_chosen(column, "no", False)) for column in columns])
    back = _any(draft, [column.lines_of(_chosen(column, "no", True)) for column in columns])
    back = pc.and_(back, pc.invert(partly_refunded(draft)))
    gone = pc.fill_null(pc.or_(lapsed, pc.and_(back, pc.fill_null(pc.greater_equal(amounts, Decimal(0)), True))), False)
    taken_back = _any(draft, [column.lines_of(_chosen(column, "return", False)) for column in columns])
    gone = pc.or_(gone, _reverse_what_is_gone(draft, columns, gone))
    return _turned(leave_out(draft, gone, NOT_COUNTED), taken_back.filter(pc.invert(gone)))


def _reverse_what_is_gone(draft: Draft, columns: list[StateColumn], gone: pa.ChunkedArray) -> pa.ChunkedArray:
    """Documents that reverse a sale of the same customer and size which does not count already."""
    nobody = pa.chunked_array([pa.repeat(pa.scalar(False), draft.table.num_rows)])
    reversing = [tuple(one for one in column.values if speaks_of(one.text, "reverse")) for column in columns]
    marked = [column.lines_of(values) for column, values in zip(columns, reversing, strict=True)]
    returns = [column.lines_of(_chosen(column, "return", False)) for column in columns]
    documents = pc.and_(pc.and_(_any(draft, marked), _any(draft, returns)), pc.invert(gone))
    customers, amounts = draft.values(draft.mapping.customer_field or ""), draft.amounts()
    if customers is None or not pc.any(documents).as_py():
        return nobody
    pairs = pc.binary_join_element_wise(as_text(customers), as_text(pc.abs(amounts)), "|")
    sales = pairs.filter(pc.and_(gone, _any(draft, marked)))
    return pc.and_(documents, pc.is_in(pairs, value_set=pc.unique(sales)))


def _chosen(column: StateColumn, verdict: str, came_back: bool) -> tuple[Value, ...]:
    return tuple(one for one in column.values if one.verdict == verdict and one.came_back == came_back)


def _any(draft: Draft, masks: list[pa.Array]) -> pa.ChunkedArray:
    return pa.chunked_array([reduce(pc.or_, masks)])


def _turned(draft: Draft, mask: pa.ChunkedArray) -> Draft:
    """The draft with the positive amounts of some lines subtracted, and their quantity and cost with them."""
    amounts = draft.amounts()
    assert amounts is not None, "no amount to turn"
    mask = pc.fill_null(pc.and_(mask, pc.greater(amounts, Decimal(0))), False)
    taken = pc.sum(amounts.filter(mask)).as_py()
    if not taken:
        return draft
    turned = with_amounts(draft, pc.if_else(mask, pc.negate(amounts), amounts), Step(RETURNS, 0, -2 * taken))
    for header in [header for key in TURNED for header in draft.mapping.headers(key)]:
        values = as_decimal(turned.table[header])
        minus = pc.if_else(pc.and_(mask, pc.greater(values, Decimal(0))), pc.negate(values), values)
        turned = with_values(turned, header, minus)
    return turned
