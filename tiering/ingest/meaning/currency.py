"""Several currencies: the company's own where a column has it, one of them, or rates; never added up as they are."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tiering.claims import Asked, Choice, Claim, NotUsed, Question, Step
from tiering.ingest.clean.amounts import as_decimal, fixed_decimals
from tiering.ingest.meaning.amount import with_amount
from tiering.ingest.meaning.draft import Draft, Understanding, leave_out, with_amounts, with_values
from tiering.ingest.meaning.fields import normalised_header
from tiering.ingest.values.conversion import as_key, is_number
from tiering.ingest.values.currencies import code_of, currency_named

CURRENCY = "currency"
KEEP, RATES = "keep", "rates"
MONEY = ("amount", "unit_price", "annual_revenue")
MOST = 200  # different words in a column of currencies


@cache
def words() -> dict[str, frozenset[str]]:
    """Words of headers, as headers are compared."""
    lists = tomllib.loads((Path(__file__).parent / "currency.toml").read_text(encoding="utf-8"))
    return {name: frozenset(normalised_header(word) or word for word in entry) for name, entry in lists.items()}


@dataclass(frozen=True)
class Priced:
    """One draft with the currency of each of its lines ("" where none is told) and the column of its money."""

    draft: Draft
    header: str
    codes: pa.Array


def step(understood: Understanding, asked: Asked) -> Understanding:
    """One currency for all money of a set of files, or the question which."""
    priced = [one for draft in understood.drafts if (one := _priced(draft)) is not None]
    different = sorted({code for one in priced for code in pc.unique(one.codes).to_pylist() if code})
    if len(different) < 2:
        return understood
    answer = asked.answers.get(CURRENCY)
    if isinstance(answer, Mapping) and (KEEP in answer or RATES in answer):
        return _answered(understood, priced, answer)
    return understood.saying(questions=(_question(priced, different),))


def _priced(draft: Draft) -> Priced | None:
    header = next((one for key in MONEY for one in draft.mapping.headers(key)), None)
    if header is None or draft.mapping.role not in ("orders", "customers"):
        return None
    written = _written(draft, header)
    if written is None:
        return None
    encoded = pc.fill_null(written, "").dictionary_encode()
    named = [currency_named(word) if word.strip() else "" for word in encoded.dictionary.to_pylist()]
    codes = pa.array([code_of(one, named) for one in named], pa.string())
    return Priced(draft, header, codes.take(encoded.indices))


def _written(draft: Draft, header: str) -> pa.Array | None:
    """The currency of each line as it is written: in a column of its own, in the cells, or in the header for all."""
    column = next((name for name in draft.table.column_names if _tells_currencies(draft, name)), None)
    if column is not None:
        return as_key(draft.table[column]).combine_chunks()
    cells = draft.reading.currencies.get(header)
    if cells is not None and len(cells) == draft.table.num_rows:
        return cells.cast(pa.string())
    told = next(one for one in draft.reading.columns if one.name == header)
    single = told.currency or next((one for one in told.currencies if one), "")
    return pa.repeat(pa.scalar(single), draft.table.num_rows) if single else None


def _tells_currencies(draft: Draft, name: str) -> bool:
    """Whether a column is called one of currencies and holds nothing else."""
    bare = normalised_header(name)
    if bare not in words()["column"] or not pa.types.is_string(draft.table[name].type):
        return False
    different = pc.unique(draft.table[name].drop_null())
    return 0 < len(different) <= MOST and all(currency_named(word) for word in different.to_pylist() if word.strip())


def in_house(understood: Understanding, asked: Asked) -> Understanding:
    """Where lines are in several currencies and a further column has them in one, that column is the amount."""
    claims, drafts = [], []
    for draft in understood.drafts:
        priced = _priced(draft)
        several = priced is not None and len([one for one in pc.unique(priced.codes).to_pylist() if one]) > 1
        header = _house_column(draft, priced.header) if priced is not None and several else None
        if priced is None or header is None:
            drafts.append(draft)
            continue
        evidence = {"why": "house", "header": header, "other": priced.header}
        claims.append(Claim(CURRENCY, header, "likely", evidence, draft.name, draft.table.num_rows))
        drafts.append(_without_codes(with_amount(draft, header)))
    return replace(understood, drafts=tuple(drafts)).saying(tuple(claims))


def _house_column(draft: Draft, money: str) -> str | None:
    """A column of numbers on every line whose header names one currency, or the company's."""
    for column in draft.reading.columns:
        values = draft.table[column.name]
        if column.name == money or not is_number(values.type) or values.null_count:
            continue
        if column.currency or any(word in normalised_header(column.name) for word in words()["house"]):
            return column.name
    return None


def _without_codes(draft: Draft) -> Draft:
    """The draft without its columns of currencies, which tell of the other amount."""
    gone = [name for name in draft.table.column_names if _tells_currencies(draft, name)]
    columns = tuple(one for one in draft.reading.columns if one.name not in gone)
    reading = replace(draft.reading, table=draft.table.drop_columns(gone), columns=columns)
    mapping = replace(draft.mapping, unmapped=tuple(one for one in draft.mapping.unmapped if one not in gone))
    return replace(draft, reading=reading, mapping=mapping)


def _question(priced: list[Priced], different: list[str]) -> Question:
    """Which currency to keep, with what would count; rates are typed instead: ``{"rates": {"EUR": 1.08}}``."""
    sums = {code: _sum(priced, code) for code in different}
    lines = {code: sum(pc.sum(pc.equal(one.codes, code)).as_py() or 0 for one in priced) for code in different}
    order = sorted(different, key=lambda code: (-lines[code], code))
    keep = tuple(Choice({KEEP: code}, lines[code], sums[code]) for code in order)
    evidence = {"why": "several", "codes": order}
    total = sum(lines.values())
    return Question(CURRENCY, priced[0].draft.name, keep, None, priced[0].header, evidence, total)


def _sum(priced: list[Priced], code: str) -> Decimal:
    sums = (pc.sum(_money(one).filter(pc.equal(one.codes, code))).as_py() for one in priced)
    return sum((one for one in sums if one is not None), Decimal(0))


def _money(priced: Priced) -> pa.ChunkedArray:
    amounts = priced.draft.amounts() if priced.draft.mapping.role == "orders" else None
    return as_decimal(priced.draft.table[priced.header]) if amounts is None else amounts


def _answered(understood: Understanding, priced: list[Priced], answer: Mapping[str, Any]) -> Understanding:
    changed = {
        one.draft.sha256: _kept(one, answer[KEEP]) if KEEP in answer else _converted(one, answer[RATES])
        for one in priced
    }
    drafts = tuple(changed.get(one.sha256, one) for one in understood.drafts)
    empty = tuple(NotUsed(one.name, "other_currency") for one in drafts if not one.table.num_rows)
    drafts = tuple(one for one in drafts if one.table.num_rows)
    why = KEEP if KEEP in answer else RATES
    shown = answer[KEEP] if KEEP in answer else [f"{code} {rate}" for code, rate in answer[RATES].items()]
    claim = Claim(CURRENCY, dict(answer), "sure", {"why": why, "kept": shown}, priced[0].draft.name)
    return replace(understood, drafts=drafts, not_used=(*understood.not_used, *empty)).saying((claim,))


def _kept(priced: Priced, code: str) -> Draft:
    """Lines in another currency, or in none that is told, are set aside."""
    return leave_out(priced.draft, pc.not_equal(priced.codes, code), CURRENCY, to="set_aside")


def _converted(priced: Priced, rates: Mapping[str, Any]) -> Draft:
    """Money times the rate of its currency; what has none is set aside."""
    factors = {code: Decimal(str(rate)) for code, rate in rates.items()}
    known = pc.is_in(priced.codes, value_set=pa.array(list(factors), pa.string()))
    codes = priced.codes.filter(known)
    draft = leave_out(priced.draft, pc.invert(known), CURRENCY, to="set_aside")
    each = pa.array(list(factors.values()), pa.decimal256(18, 8))
    each = each.take(pc.index_in(codes, value_set=pa.array(list(factors), pa.string())))
    before = as_decimal(_money(replace(priced, draft=draft))).combine_chunks()
    product = pc.multiply(before.cast(pa.decimal256(38, 6)), each)
    after = fixed_decimals(
        pa.chunked_array([pc.round(product, ndigits=6).cast(pa.decimal256(38, 6)).cast(pa.decimal128(38, 6))])
    )
    if draft.mapping.role != "orders":
        return with_values(draft, priced.header, after, "money")
    sums = [pc.sum(one).as_py() or Decimal(0) for one in (before, after)]
    return with_amounts(draft, after, Step(RATES, 0, sums[1] - sums[0]))
