"""Which column is the money of a line: by arithmetic first, then by its header, never for want of a better one."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tiering.claims import Asked, Choice, Claim, Question, is_worth_asking
from tiering.ingest.clean.amounts import as_decimal
from tiering.ingest.meaning.arithmetic import Figures, figures_of, is_priced, net_of, products
from tiering.ingest.meaning.draft import Draft, Finding, with_values
from tiering.ingest.meaning.fields import AMOUNT_PARTS, FIELDS, normalised_header
from tiering.ingest.meaning.header_match import ACCEPTED, word_score
from tiering.ingest.meaning.mapping import with_column
from tiering.ingest.values.conversion import is_number

AMOUNT = "amount"
SURE_WORD = 0.9


@cache
def words() -> dict[str, list[str]]:
    """Words around money, as headers are compared."""
    lists = tomllib.loads((Path(__file__).parent / "amount.toml").read_text(encoding="utf-8"))
    return {name: [normalised_header(word) or word for word in entry] for name, entry in lists.items()}


@dataclass(frozen=True)
class AmountColumn:
    """A column taken as the amount, and the reason."""

    header: str
    why: str
    facts: dict[str, Any]


def find(draft: Draft, asked: Asked) -> Finding:
    """The amount of order lines: as answered, as the numbers prove, as its header says, else asked."""
    answer = asked.answers.get(AMOUNT)
    if isinstance(answer, str) and answer in draft.table.column_names:
        return Finding(with_amount(draft, answer), (_claim(draft, answer, "sure", why="answered"),))
    if AMOUNT in draft.mapping.columns and AMOUNT not in draft.mapping.confidence:
        return Finding(draft)  # somebody has chosen it
    if draft.mapping.customer_field is None:
        return Finding(draft)  # it cannot be tiered whatever its amount is
    draft = _with_discount_as_share(draft)
    figures = figures_of(draft.table, numbers_of(draft))
    proved = _net(draft, figures) or _product(draft, figures)
    if proved is not None:
        claim = _claim(draft, proved.header, "sure", why=proved.why, **proved.facts)
        return Finding(with_amount(draft, proved.header), (claim,))
    return _by_header(draft, asked)


def numbers_of(draft: Draft) -> list[str]:
    """Headers of numbers that may be money or make it."""
    kinds = {column.name: column.kind for column in draft.reading.columns}
    numeric = [name for name in draft.table.column_names if is_number(draft.table.schema.field(name).type)]
    return [name for name in numeric if kinds[name] in ("money", "quantity") and not is_never_money(name)]


def is_never_money(header: str) -> bool:
    """Whether a header counts, numbers or dates something."""
    bare = normalised_header(header)
    if word_score(FIELDS["quantity"], bare) >= ACCEPTED or word_score(FIELDS[AMOUNT], bare) >= SURE_WORD:
        return False
    return any(bare.endswith(word) or (len(word) > 4 and word in bare) for word in words()["never"])


def with_amount(draft: Draft, header: str) -> Draft:
    """The draft with the amount in a column; a field that had the column lets go of it."""
    mapping = draft.mapping
    for key in [key for key in mapping.columns if key != AMOUNT and header in mapping.headers(key)]:
        mapping = with_column(mapping, draft.reading, key, None)
    return replace(draft, mapping=with_column(mapping, draft.reading, AMOUNT, header))


def _claim(draft: Draft, value: Any, degree: Any, **evidence: Any) -> Claim:
    return Claim(AMOUNT, value, degree, evidence, draft.name)


def _with_discount_as_share(draft: Draft) -> Draft:
    """Discounts written as percentages without their sign become shares of the price."""
    if draft.mapping.headers("discount") or draft.mapping.headers(AMOUNT):
        return draft
    named = [
        one for one in draft.table.column_names if word_score(FIELDS["discount"], normalised_header(one)) >= ACCEPTED
    ]
    marked = [one for one in named if any(sign in one.casefold() for sign in ("%", "percent", "pct", "率"))]
    marked = [one for one in marked if is_number(draft.table.schema.field(one).type)]
    if len(marked) != 1:
        return draft
    values = as_decimal(draft.table[marked[0]])
    bounds = pc.min_max(values).as_py()
    if bounds["min"] is None or bounds["min"] < 0 or not 1 < bounds["max"] <= 100:
        return draft
    shares = pc.multiply(values.cast(pa.decimal128(20, values.type.scale)), pa.scalar(Decimal("0.01")))
    changed = with_values(draft, marked[0], shares, "share")
    return replace(changed, mapping=with_column(changed.mapping, changed.reading, "discount", marked[0]))


def _net(draft: Draft, figures: Figures) -> AmountColumn | None:
    """Net + tax = gross: the net amount."""
    taxes = [name for name in figures if any(word in normalised_header(name) for word in words()["tax"])]
    found = net_of(figures, taxes)
    if found is None or set(draft.mapping.headers("quantity")) & set(found):
        return None
    net, tax, gross = found
    return AmountColumn(net, "net", {"net": net, "tax": tax, "gross": gross})


def _product(draft: Draft, figures: Figures) -> AmountColumn | None:
    """Quantity × price = amount; where the parts are not known, the one product among the numbers."""
    parts = [header for key in AMOUNT_PARTS for header in draft.mapping.headers(key)]
    if len(parts) == len(AMOUNT_PARTS):
        return _product_of(draft, figures, parts) if set(parts) <= set(figures) else None
    if draft.mapping.confidence.get(AMOUNT, 0.0) >= ACCEPTED:
        return None
    found = products(figures)
    return AmountColumn(found[0], "any_product", {"header": found[0]}) if len(found) == 1 else None


def _product_of(draft: Draft, figures: Figures, parts: list[str]) -> AmountColumn | None:
    quantity, price = parts
    headers = draft.mapping.headers("discount")
    discount = figures_of(draft.table, headers).get(headers[0]) if headers else None
    for name in dict.fromkeys([*draft.mapping.headers(AMOUNT), *figures]):
        if (
            name in figures
            and name not in parts
            and is_priced(figures[name], figures[quantity], figures[price], discount)
        ):
            return AmountColumn(name, "product", {"header": name, "quantity": quantity, "price": price})
    return None


def _by_header(draft: Draft, asked: Asked) -> Finding:
    """As the header says; a column that only its kind speaks for, or one of several equally good, is asked about."""
    told, confidence = draft.mapping.headers(AMOUNT), draft.mapping.confidence.get(AMOUNT, 0.0)
    if not told and draft.has_amount:
        quantity, price = (draft.mapping.headers(key)[0] for key in AMOUNT_PARTS)
        return Finding(draft, (_claim(draft, [quantity, price], "sure", why="parts", quantity=quantity, price=price),))
    if told and confidence >= ACCEPTED:
        rivals = _rivals(draft, told[0])
        if not rivals:
            return Finding(draft, (_claim(draft, told[0], "sure", why="header", header=told[0]),))
        return _asked(draft, asked, [told[0], *rivals], "several")
    candidates = list(dict.fromkeys([*told, *(name for name in numbers_of(draft) if not _is_taken(draft, name))]))
    unit = {column.name: column.unit for column in draft.reading.columns}
    if told and unit.get(told[0]):
        return Finding(draft, (_claim(draft, told[0], "likely", why="unit", header=told[0], unit=unit[told[0]]),))
    return _asked(draft, asked, candidates, "kind" if told else "unknown") if candidates else Finding(draft)


def _is_taken(draft: Draft, header: str) -> bool:
    return any(header in draft.mapping.headers(key) for key in draft.mapping.columns if key != AMOUNT)


def _rivals(draft: Draft, told: str) -> list[str]:
    """Other columns that are called an amount as plainly and differ by more than one per cent of the money."""
    if _is_telling(told):
        return []
    money = _sum(draft, told)
    named = {column.name for column in draft.reading.columns if column.currency}
    others = [name for name in numbers_of(draft) if name not in named and name != told and not _is_telling(name)]
    plain = [name for name in others if word_score(FIELDS[AMOUNT], normalised_header(name)) >= SURE_WORD]
    return [name for name in plain if not _is_taken(draft, name) and is_worth_asking(_sum(draft, name) - money, money)]


def _is_telling(header: str) -> bool:
    bare = normalised_header(header)
    return any(word in bare for word in words()["telling"])


def _sum(draft: Draft, header: str) -> Decimal:
    return pc.sum(as_decimal(draft.table[header])).as_py() or Decimal(0)


def _asked(draft: Draft, asked: Asked, candidates: list[str], why: str) -> Finding:
    """The question with the money of each column; only one that a header or its kind speaks for is proposed."""
    lines = draft.table.num_rows
    choices = tuple(Choice(name, lines, _sum(draft, name)) for name in candidates)
    proposal = None if why == "unknown" else candidates[0]
    question = Question(
        AMOUNT, draft.name, choices, proposal, evidence={"why": why, "headers": candidates}, lines=lines
    )
    value, degree = asked.decided(question)
    changed = with_amount(draft, value) if value in candidates else draft
    claims = (_claim(draft, value, degree, why="chosen", header=value),) if value in candidates else ()
    return Finding(changed, claims, (question,) if degree == "open" else ())
