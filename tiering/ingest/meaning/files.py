"""Several tables at once: each finds its place by its keys, and what fits nowhere is left out with the reason."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from tiering.claims import Asked, Choice, Claim, NotUsed, Question
from tiering.ingest.meaning.draft import Draft, Understanding, with_values
from tiering.ingest.meaning.fields import CUSTOMER_KEYS, FIELDS, normalised_header
from tiering.ingest.meaning.mapping import with_column
from tiering.ingest.meaning.returns_sheet import speaks_of_returns
from tiering.ingest.meaning.table_kinds import speaks_of
from tiering.ingest.meaning.table_roles import COLUMNS, NONE, ROWS
from tiering.ingest.values.conversion import as_key, free_name

FILES = "files"
KNOWN = 0.2  # share of a list's customers, or of those who ordered, that makes it a list of our customers
KEYED = 0.8  # share of the different values of a column that a look-up table has to know


@cache
def brought() -> dict[str, list[str]]:
    """Field of a look-up table's key → fields that it may bring."""
    return tomllib.loads((Path(__file__).parent / "lookups.toml").read_text(encoding="utf-8"))


def step(understood: Understanding, asked: Asked) -> Understanding:
    """Customers lists by their customers, look-up tables by their keys, the rest left out; one source of revenue."""
    if len(understood.drafts) < 2:
        return _said_once(understood)
    understood = _one_revenue(understood, asked)
    own = [one for one in understood.drafts if _sells(one) or one.role is not None or _belongs(one, understood)]
    places = [draft.name for draft in own]
    for draft in understood.drafts:
        if draft.name not in places:
            understood = _placed(understood, draft, places)
    return _said_once(understood)


def left_over(understood: Understanding, asked: Asked) -> Understanding:
    """Tables that waited for another to complete or name them in vain, beside those that can count."""
    whole = [one for one in understood.drafts if _sells(one)]
    lacking = [one for one in understood.drafts if one.mapping.role == "orders" or one.mapping.customer_field is None]
    gone = [one for one in lacking if one.role is None and not _sells(one)]
    if not whole or not gone:
        return understood
    unused = tuple(NotUsed(one.name, "no_customers") for one in gone)
    kept = tuple(one for one in understood.drafts if all(one is not other for other in gone))
    return replace(understood, drafts=kept, not_used=(*understood.not_used, *unused))


def _said_once(understood: Understanding) -> Understanding:
    """Without what was said of the rows of tables that are left out or turned out to be something more special."""
    unused = {one.file for one in understood.not_used}
    special = {one.file for one in understood.claims if one.claim == ROWS and one.evidence.get("why") != COLUMNS}
    gone = [one for one in understood.claims if one.claim == ROWS and one.evidence.get("why") == COLUMNS]
    gone = [one for one in gone if one.file in unused | special]
    return replace(understood, claims=tuple(one for one in understood.claims if one not in gone))


def _sells(draft: Draft) -> bool:
    """Whether it can count as it is: orders with their customer and date."""
    mapping = draft.mapping
    return mapping.role == "orders" and mapping.customer_field is not None and bool(mapping.headers("order_date"))


def _belongs(draft: Draft, understood: Understanding) -> bool:
    """Whether a table that is no order has its place: payments and contacts, returns, customers who are ours."""
    if draft.mapping.role in ("payments", "contacts", "attributes") and draft.mapping.customer_field:
        return True
    if speaks_of_returns(draft):
        return True
    if draft.values("order_id") is not None and draft.mapping.role == "orders":
        return _share_of_keys(draft, "order_id", understood) > 0
    if draft.mapping.role != "customers" or draft.mapping.customer_field is None:
        return False
    others = [one for one in understood.drafts if one is not draft and one.mapping.customer_field]
    sellers = [one for one in others if _sells(one)]
    if not sellers:
        return draft.mapping.confidence.get(draft.mapping.customer_field, 1.0) > 0.75 or not others
    return any(_known_share(draft, one) >= KNOWN for one in sellers)


def _share_of_keys(draft: Draft, key: str, understood: Understanding) -> float:
    values = draft.values(key)
    known = [other for one in understood.drafts if one is not draft and (other := one.values(key)) is not None]
    return max((_share_known(as_key(values), as_key(other)) for other in known), default=0.0) if values else 0.0


def _known_share(customers: Draft, orders: Draft) -> float:
    """The larger share of one side's customers that the other side knows, by whatever both call them."""
    shares = [0.0]
    for key in CUSTOMER_KEYS:
        listed = customers.values(key)
        for other in CUSTOMER_KEYS:
            ordering = orders.values(other)
            if listed is not None and ordering is not None:
                first, second = as_key(listed), as_key(ordering)
                shares += [_share_known(first, second), _share_known(second, first)]
    return max(shares)


def _share_known(keys: pa.ChunkedArray, among: pa.ChunkedArray) -> float:
    different = pc.unique(pc.utf8_lower(keys.drop_null()))
    if not len(different):
        return 0.0
    known = pc.unique(pc.utf8_lower(among.drop_null()))
    return pc.sum(pc.is_in(different, value_set=known)).as_py() / len(different)


def _placed(understood: Understanding, draft: Draft, places: list[str]) -> Understanding:
    """A table without a place of its own: its columns join another table by a key, or it is left out."""
    others = [one for one in understood.drafts if one is not draft]
    for target in sorted((one for one in others if one.name in places), key=lambda one: one.mapping.role != "orders"):
        for field, fields in brought().items():
            joined = _joined(draft, target, field, fields)
            if joined is not None:
                kept = tuple(joined if one is target else one for one in others)
                names = [name for name in joined.table.column_names if name not in target.table.column_names]
                evidence = {"why": "lookup", "key": draft.name, "columns": names, "target": target.name}
                claim = Claim(FILES, field, "sure", evidence, draft.name, draft.table.num_rows)
                return replace(understood, drafts=kept).saying((claim,))
    why = "no_customers" if draft.mapping.customer_field is None else "no_key"
    return replace(understood, drafts=tuple(others), not_used=(*understood.not_used, NotUsed(draft.name, why)))


def _joined(lookup: Draft, target: Draft, field: str, fields: list[str]) -> Draft | None:
    """The target with the columns that a look-up table has for its values of a field; None where it has none."""
    values = target.values(field)
    key = None if values is None else _key_column(lookup, field, as_key(values))
    if values is None or key is None:
        return None
    places = pc.index_in(as_key(values), value_set=as_key(lookup.table[key]).combine_chunks())
    found = None
    for name in fields:
        header = _header_for(lookup, name, key)
        if header is None or target.mapping.headers(name):
            continue
        found = _with_column(found or target, lookup, header, name, places)
    return found


def _key_column(lookup: Draft, field: str, values: pa.ChunkedArray) -> str | None:
    """The column of unique values that knows what the target has, under a header of the same field."""
    for name in lookup.table.column_names:
        keys = as_key(lookup.table[name])
        if keys.null_count or pc.count_distinct(keys).as_py() < len(keys):
            continue
        if _share_known(values, keys) >= KEYED and (_is_called(name, field) or len(keys) > 2):
            return name
    return None


def _is_called(header: str, field: str) -> bool:
    bare = normalised_header(header)
    return bare in FIELDS[field].words or bare in FIELDS[field].alone


def _header_for(lookup: Draft, field: str, key: str) -> str | None:
    return next((name for name in lookup.table.column_names if name != key and _is_called(name, field)), None)


def _with_column(target: Draft, lookup: Draft, header: str, field: str, places: pa.ChunkedArray) -> Draft:
    name = free_name(header, {one.casefold() for one in target.table.column_names})
    values = lookup.table[header].combine_chunks()
    kind = next(one.kind for one in lookup.reading.columns if one.name == header)
    changed = with_values(target, name, pa.chunked_array([values.take(chunk) for chunk in places.chunks]), kind)
    mapping = with_column(changed.mapping, changed.reading, field, name)
    return replace(changed, mapping=replace(mapping, confidence={**mapping.confidence, field: 1.0}))


def _one_revenue(understood: Understanding, asked: Asked) -> Understanding:
    """Deals, orders, invoices and receipts of the same customers tell of one and the same money: one of them counts."""
    sellers = [draft for draft in understood.drafts if _sells(draft) and draft.has_amount and draft.role is None]
    ranked = sorted(sellers, key=_stage, reverse=True)
    for draft in ranked[1:]:
        best = ranked[0]
        if _stage(draft) < _stage(best) and _known_share(draft, best) >= 0.5 and _other_numbers(draft, best):
            understood = _asked_which(understood, draft, best, asked)
    return understood


def _stage(draft: Draft) -> int:
    """How surely it tells of revenue: receipts and deals least, invoices most."""
    ranks = (("invoices", 3), ("receipts", 0), ("opportunities", 1))
    return next((rank for kind, rank in ranks if speaks_of(draft, kind)), 2)


def _other_numbers(draft: Draft, best: Draft) -> bool:
    """Whether the two do not share order numbers: then they are headers and lines, or parts of one table."""
    if draft.table.column_names == best.table.column_names:
        return False
    first, second = draft.values("order_id"), best.values("order_id")
    return first is None or second is None or _share_known(as_key(first), as_key(second)) < KNOWN


def _asked_which(understood: Understanding, draft: Draft, best: Draft, asked: Asked) -> Understanding:
    amounts = draft.amounts()
    money = None if amounts is None else pc.sum(amounts).as_py()
    choices = (Choice(NONE, 0), Choice("orders", draft.table.num_rows, money))
    evidence = {"why": "same_money", "other": best.name}
    question = Question(FILES, draft.name, choices, NONE, "", evidence, draft.table.num_rows, money)
    value, degree = asked.decided(question)
    claim = Claim(FILES, value, degree, evidence, draft.name, draft.table.num_rows, money)
    understood = understood.saying((claim,), (question,) if degree == "open" else ())
    if value != NONE:
        return understood
    drafts = tuple(one for one in understood.drafts if one is not draft)
    return replace(understood, drafts=drafts, not_used=(*understood.not_used, NotUsed(draft.name, "same_money")))
