"""What the rows of each table are, judged for itself: as said, as its columns tell, or none of what can be tiered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tiering.claims import Asked, Choice, Claim, NotUsed, Question
from tiering.dataset import Role
from tiering.ingest.meaning.draft import Draft, Understanding
from tiering.ingest.meaning.mapping import Mapping, with_column
from tiering.ingest.meaning.suggestion import suggest_mapping
from tiering.ingest.meaning.table_kinds import is_of_products, is_pivot, kind_of

ROWS = "rows_are"
NONE = "none"
COLUMNS = "columns"  # the columns alone tell what the rows are
ROLES: tuple[Role, ...] = ("orders", "customers", "payments", "contacts", "attributes")


def step(understood: Understanding, asked: Asked) -> Understanding:
    """Each table as orders, customers or beside them; what is neither is left out where others can be used."""
    judged = [_judged(draft, asked) for draft in understood.drafts]
    usable = [draft for draft, kind in judged if kind is None]
    drafts: list[Draft] = []
    found = replace(understood, drafts=())
    for draft, kind in judged:
        if kind is None:
            drafts.append(draft)
            found = found.saying(_said(draft, asked))
        elif usable or kind == NONE:
            found = replace(found, not_used=(*found.not_used, NotUsed(draft.name, kind)))
        else:
            drafts.append(draft)
            found = found.saying(questions=(_question(draft, kind),))
    return _pivots(replace(found, drafts=tuple(drafts)), asked)


def _judged(draft: Draft, asked: Asked) -> tuple[Draft, str | None]:
    """The draft under the role that was said, and why it cannot be tiered, None where it can."""
    answer = _answer(draft, asked)
    if answer in ROLES:
        return replace(draft, role=answer, mapping=suggest_mapping(draft.reading, answer)), None
    if answer == NONE:
        return draft, NONE
    if draft.role is not None or set(draft.mapping.columns) - set(draft.mapping.confidence):
        return draft, None
    if is_of_products(draft):
        draft = replace(draft, mapping=_without_customer(draft))
    return draft, None if _can_be_told(draft) else kind_of(draft)


def _answer(draft: Draft, asked: Asked) -> Any:
    """What somebody said this file is; the name of a workbook holds for all its sheets."""
    answers = asked.answers.get(ROWS)
    if not isinstance(answers, dict):
        return answers
    return answers.get(draft.name, answers.get(draft.name.split(" · ")[0]))


def _without_customer(draft: Draft) -> Mapping:
    return with_column(draft.mapping, draft.reading, draft.mapping.customer_field or "", None)


def _can_be_told(draft: Draft) -> bool:
    """Orders with customer, date and money, or a table of another role with its customer: no word speaks against it."""
    mapping = draft.mapping
    if mapping.role == "orders" and mapping.headers("order_id"):
        return True  # the lines of orders whose customers another table knows
    if mapping.customer_field is None:
        return False
    if mapping.role == "orders":
        return bool(mapping.headers("order_date")) and draft.has_amount
    return mapping.role != "customers" or kind_of(draft) is None


def _said(draft: Draft, asked: Asked) -> tuple[Claim, ...]:
    if draft.mapping.customer_field is None:
        return ()
    why = "answered" if _answer(draft, asked) in ROLES else COLUMNS
    return (Claim(ROWS, draft.mapping.role, "sure", {"why": why}, draft.name, draft.table.num_rows),)


def _question(draft: Draft, kind: str) -> Question:
    choices = tuple(Choice(role, draft.table.num_rows) for role in ("orders", "customers", NONE))
    return Question(ROWS, draft.name, choices, None, evidence={"why": kind}, lines=draft.table.num_rows)


def _pivots(understood: Understanding, asked: Asked) -> Understanding:
    """A pivot table copied as it stood: its row labels may be customers, which only somebody can say."""
    for draft in understood.drafts:
        if is_pivot(draft) and draft.role is None and draft.mapping.customer_field is None:
            choices = tuple(Choice(role, draft.table.num_rows) for role in ("customers", NONE))
            question = Question(ROWS, draft.name, choices, "customers", evidence={"why": "pivot"})
            value, degree = asked.decided(question)
            changed = _of_labels(draft) if value == "customers" else draft
            drafts = tuple(changed if one is draft else one for one in understood.drafts)
            claim = Claim(ROWS, value, degree, {"why": "pivot"}, draft.name, draft.table.num_rows)
            understood = replace(understood, drafts=drafts).saying((claim,), (question,) if degree == "open" else ())
    return understood


def _of_labels(draft: Draft) -> Draft:
    """The first column names the customer; the money is the only other one, or the one that says so."""
    first = draft.table.column_names[0]
    mapping = suggest_mapping(draft.reading, "customers")
    if first in mapping.unmapped:
        mapping = with_column(mapping, draft.reading, "customer_name", first)
    numbers = [one.name for one in draft.reading.columns[1:] if one.kind in ("money", "quantity")]
    if not mapping.headers("annual_revenue") and len(numbers) == 1:
        mapping = with_column(mapping, draft.reading, "annual_revenue", numbers[0])
    return replace(draft, mapping=mapping)
