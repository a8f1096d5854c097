"""The money of customers lists: only where a header says that it is, else asked, never a sum of unknown numbers."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pyarrow.compute as pc

from tiering.claims import Asked, Choice, Claim, Question
from tiering.ingest.clean.amounts import as_decimal
from tiering.ingest.meaning.amount import AMOUNT, numbers_of
from tiering.ingest.meaning.amount_period import MONEY, is_of_own_business
from tiering.ingest.meaning.draft import Draft, Understanding
from tiering.ingest.meaning.mapping import with_column

TOLD = frozenset(
    {MONEY, "annual_orders", "average_order_value", "margin", "recency_days", "last_order", "current_tier", "wallet"}
)


def step(understood: Understanding, asked: Asked) -> Understanding:
    """Customers beside orders keep their own turnover as an attribute; customers alone without any are asked about."""
    orders = any(draft.mapping.role == "orders" for draft in understood.drafts)
    for draft in understood.drafts:
        if draft.mapping.role == "customers" and draft.mapping.customer_field is not None:
            understood = _beside_orders(understood, draft) if orders else _alone(understood, draft, asked)
    return understood


def _beside_orders(understood: Understanding, draft: Draft) -> Understanding:
    headers = draft.mapping.headers(MONEY)
    if not headers or MONEY not in draft.mapping.confidence:
        return understood
    claim = Claim(AMOUNT, headers[0], "likely", {"why": "attribute", "header": headers[0]}, draft.name)
    return _with(understood, draft, _without(draft)).saying((claim,))


def _alone(understood: Understanding, draft: Draft, asked: Asked) -> Understanding:
    answer, told = _headers(asked.answers.get(AMOUNT)), draft.mapping.headers(MONEY)
    if answer and set(answer) <= set(draft.table.column_names):
        claim = Claim(AMOUNT, list(answer), "sure", {"why": "answered"}, draft.name)
        return _with(understood, draft, _mapped(draft, answer)).saying((claim,))
    if len(told) == 1 and not is_of_own_business(told[0]):
        return understood.saying((Claim(AMOUNT, told[0], "sure", {"why": "header", "header": told[0]}, draft.name),))
    plain = _without(draft) if told and MONEY in draft.mapping.confidence else draft
    candidates = list(dict.fromkeys([*told, *(name for name in numbers_of(draft) if _is_free(plain, name))]))
    if not candidates or not TOLD.isdisjoint(plain.mapping.columns):
        return _with(understood, draft, plain)
    sums = {name: _sum(draft, name) for name in candidates}
    choices = tuple(Choice(name, draft.table.num_rows, money) for name, money in sums.items())
    if len(candidates) > 1:
        choices += (Choice(candidates, draft.table.num_rows, sum(sums.values(), Decimal(0))),)
    evidence = {"why": "own_business" if told else "no_evidence", "headers": candidates}
    question = Question(AMOUNT, draft.name, choices, None, evidence=evidence, lines=draft.table.num_rows)
    return _with(understood, draft, plain).saying(questions=(question,))


def _is_free(draft: Draft, header: str) -> bool:
    return not any(header in draft.mapping.headers(key) for key in draft.mapping.columns)


def _sum(draft: Draft, header: str) -> Decimal:
    return pc.sum(as_decimal(draft.table[header])).as_py() or Decimal(0)


def _headers(answer: object) -> tuple[str, ...]:
    """One header, or several whose sum is the money."""
    return (answer,) if isinstance(answer, str) else tuple(answer) if isinstance(answer, list) else ()


def _mapped(draft: Draft, headers: tuple[str, ...]) -> Draft:
    mapping = draft.mapping
    for key in [key for key in mapping.columns if set(headers) & set(mapping.headers(key))]:
        mapping = with_column(mapping, draft.reading, key, None)
    chosen = headers[0] if len(headers) == 1 else headers
    return replace(draft, mapping=with_column(mapping, draft.reading, MONEY, chosen))


def _without(draft: Draft) -> Draft:
    return replace(draft, mapping=with_column(draft.mapping, draft.reading, MONEY, None))


def _with(understood: Understanding, before: Draft, after: Draft) -> Understanding:
    return replace(understood, drafts=tuple(after if one is before else one for one in understood.drafts))
