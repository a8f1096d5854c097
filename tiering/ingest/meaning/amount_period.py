"""For what span of time a customer's money is, and whether a customers list's money is used at all."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tiering.claims import Asked, Choice, Claim, Question
from tiering.decimals import doubles
from tiering.ingest.clean.amounts import as_decimal
from tiering.ingest.meaning.amount import AMOUNT, numbers_of
from tiering.ingest.meaning.arithmetic import agrees, figures_of
from tiering.ingest.meaning.draft import Draft, Finding, Understanding, with_values
from tiering.ingest.meaning.fields import normalised_header
from tiering.ingest.meaning.mapping import with_column
from tiering.ingest.meaning.periods import period_in
from tiering.ingest.values.conversion import is_number

MONEY = "annual_revenue"
PERIOD = "amount_period"
Span = Literal["year", "month", "total"]
MONTHS = 12
DAYS_OF_MONTH = 365.25 / MONTHS
TOLD = frozenset(
    {MONEY, "annual_orders", "average_order_value", "margin", "recency_days", "last_order", "current_tier", "wallet"}
)


@cache
def words() -> dict[str, list[str]]:
    """Words of spans of time, as headers are compared."""
    lists = tomllib.loads((Path(__file__).parent / "amount_period.toml").read_text(encoding="utf-8"))
    return {name: [normalised_header(word) or word for word in entry] for name, entry in lists.items()}


def find(draft: Draft, asked: Asked) -> Finding:
    """Money of a customers draft as that of a year; asked where the header leaves it open and it can be told."""
    headers = draft.mapping.headers(MONEY)
    if len(headers) != 1 or period_in(headers[0]) is not None:
        return Finding(draft)
    header, months = headers[0], _months(draft)
    said, proved = _said(header), months is not None and _grows_with(draft, header, months)
    ways = _ways(draft, header, months)
    if asked.answers.get(PERIOD) in ways:
        return _taken(draft, ways, asked.answers[PERIOD], "sure", "answered")
    if said == "month" or (said == "year" and not proved):
        return _taken(draft, ways, said, "sure", f"said_{said}")
    if proved:
        return _taken(draft, ways, "total", "sure", "tenure")
    if said == "total":
        return _asked(draft, asked, ways) if "total" in ways else _untold(draft, header)
    return _taken(draft, ways, "year", "likely", "unsaid")


def is_of_own_business(header: str) -> bool:
    """Whether a header names what a customer earns itself, not what it spends with us."""
    bare = normalised_header(header)
    return any(bare == word or bare.startswith(word) for word in words()["own_business"])


def _said(header: str) -> Span | None:
    bare = normalised_header(header)
    spans: tuple[Span, ...] = ("month", "total", "year")
    return next((span for span in spans if any(_speaks(word, bare) for word in words()[span])), None)


def _speaks(word: str, bare: str) -> bool:
    return bare.endswith(word) or bare.startswith(word) or (len(word) > 3 and word in bare)


def _months(draft: Draft) -> np.ndarray | None:
    """Months since each customer became one; None where no column tells."""
    for name in draft.table.column_names:
        bare = normalised_header(name)
        called = any(bare == word or bare.startswith(word) for word in words()["tenure"])
        if called and is_number(draft.table[name].type):
            spans = doubles(as_decimal(draft.table[name]))
            if any(word in bare for word in words()["years"]):
                return spans * MONTHS
            return spans / DAYS_OF_MONTH if any(word in bare for word in words()["days"]) else spans
    return None


def _grows_with(draft: Draft, header: str, months: np.ndarray) -> bool:
    """Whether the money is that of a month, in another column, times the months."""
    names = [name for name in draft.table.column_names if name != header]
    rows = np.unique(np.linspace(0, len(months) - 1, min(3_000, len(months))).astype(np.int64))
    figures = figures_of(draft.table, [header, *names])
    return header in figures and any(agrees(figures[header], one * months[rows], 0.6) for one in figures.values())


def _ways(draft: Draft, header: str, months: np.ndarray | None) -> dict[Span, Callable[[pa.ChunkedArray], Any]]:
    """What makes a year's money of the column, by what the column may be."""
    ways: dict[Span, Callable[[pa.ChunkedArray], Any]] = {
        "year": lambda values: values,
        "month": lambda values: pc.multiply(values.cast(pa.decimal128(30, 6)), pa.scalar(Decimal(MONTHS))),
    }
    if months is not None:
        per_year = np.where(np.isfinite(months) & (months > 0), MONTHS / np.where(months > 0, months, 1), 1.0)
        ways["total"] = lambda values: pa.chunked_array([pa.array(doubles(values) * per_year, from_pandas=True)])
    return ways


def _taken(draft: Draft, ways: Any, span: Span, degree: Any, why: str) -> Finding:
    header = draft.mapping.headers(MONEY)[0]
    claim = Claim(PERIOD, span, degree, {"why": why, "header": header}, draft.name, draft.table.num_rows)
    return Finding(_as_year(draft, header, ways[span]) if span != "year" else draft, (claim,))


def _as_year(draft: Draft, header: str, way: Callable[[pa.ChunkedArray], Any]) -> Draft:
    return with_values(draft, header, way(as_decimal(draft.table[header])), "money")


def _untold(draft: Draft, header: str) -> Finding:
    """A total since the beginning, with nothing to tell how long that was: it stays what it is, and is said so."""
    evidence = {"why": "total_untold", "header": header}
    return Finding(draft, (Claim(PERIOD, "total", "likely", evidence, draft.name, draft.table.num_rows),))


def _asked(draft: Draft, asked: Asked, ways: dict[Span, Callable[[pa.ChunkedArray], Any]]) -> Finding:
    header, lines = draft.mapping.headers(MONEY)[0], draft.table.num_rows
    values = as_decimal(draft.table[header])
    sums = {span: round(Decimal(str(np.nansum(doubles(way(values))))), 2) for span, way in ways.items()}
    order: tuple[Span, ...] = ("total", "year", "month")
    choices = tuple(Choice(span, lines, sums[span]) for span in order)
    question = Question(PERIOD, draft.name, choices, "total", header, {"why": "since", "header": header}, lines)
    span, degree = asked.decided(question)
    found = _taken(draft, ways, span if span in ways else "year", degree, "tenure" if span == "total" else "answered")
    return replace(found, questions=(question,) if degree == "open" else ())


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
