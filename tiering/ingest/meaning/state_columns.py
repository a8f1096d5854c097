"""Which columns of order lines tell states, kinds of documents or marks, and what each value makes of a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from tiering.ingest.meaning.draft import Draft
from tiering.ingest.meaning.state_verdicts import ColumnKind, StateColumn, ValueVerdicts, judged, with_money
from tiering.ingest.meaning.word_lists import (
    Meant,
    code_of_type,
    header_says,
    is_about,
    is_denied,
    meant_by,
    plain,
    truth_of,
    vocabulary,
)
from tiering.ingest.reading import Column
from tiering.ingest.values.conversion import as_class, as_text, is_dated, is_number

MOST_VALUES = 60  # a column of more different values is a text
INVOICE_NUMBER = re.compile(r"(?:[a-z]+[-_ ]?)?s?inv(?:oice)?[-_/ ]?\d", re.IGNORECASE)
FIRST = 20  # numbers that are looked at
FEW_ROWS = 2_000  # below that every column is looked at
# Fields that may well hold states under a general header; all others have found their meaning.
MAY_BE_STATES = frozenset({"stage", "region", "category", "size"})
KNOWN_OF_WEAK, KNOWN_OF_OTHER = 0.5, 0.95
NOT_A_SALE: frozenset[Meant] = frozenset({"return", "back", "returned", "lapsed"})
DEAL_KINDS: frozenset[Meant] = frozenset({"counts", "lapsed", "open"})


def state_columns(draft: Draft, named: frozenset[str] = frozenset()) -> tuple[StateColumn, ...]:
    """Columns that say whether a line counts; ``named`` are values that somebody has spoken about."""
    seen = [one for one in _seen_columns(draft) if _speaks(one, draft) or _is_named(one, named)]
    of_deals, of_invoices = _are_deals(draft, seen), _are_invoices(draft, seen)
    amounts = draft.amounts()
    assert amounts is not None, "no amount to judge by"
    return tuple(with_money(judged(one, of_deals, of_invoices), amounts) for one in seen)


def _seen_columns(draft: Draft) -> Iterator[ValueVerdicts]:
    mapped = {
        header for key in draft.mapping.columns if key not in MAY_BE_STATES for header in draft.mapping.headers(key)
    }
    for column in draft.reading.columns:
        kind = _kind_of(column.name)
        if column.name in mapped or is_about(column.name, "customer") or not _may_be_state(column, kind, draft):
            continue
        seen = _seen(column.name, kind, draft.table[column.name])
        if seen is not None:
            yield seen


def _kind_of(header: str) -> ColumnKind:
    kinds: tuple[ColumnKind, ...] = ("happened", "void", "good", "stage", "type", "status", "note")
    return next((kind for kind in kinds if header_says(header, kind)), "other")


def _may_be_state(column: Column, kind: ColumnKind, draft: Draft) -> bool:
    values = draft.table.schema.field(column.name).type
    if is_dated(values):
        return kind in ("happened", "void")
    if is_number(values):
        return kind in ("void", "good") and _are_marks(draft.table[column.name])
    return column.kind == "category" or kind != "other" or draft.table.num_rows <= FEW_ROWS


def _are_marks(cells: pa.ChunkedArray) -> bool:
    """Whether numbers are 0 and 1 alone."""
    return pc.all(pc.or_(pc.equal(cells, 0), pc.equal(cells, 1))).as_py() is True


def _seen(header: str, kind: ColumnKind, cells: pa.ChunkedArray) -> ValueVerdicts | None:
    """The distinct values of a column; None where there are none or too many."""
    if is_dated(cells.type):
        codes = pc.if_else(pc.is_valid(cells), pa.scalar(0, pa.int32()), None).combine_chunks()
        filled = len(codes) - codes.null_count
        return ValueVerdicts(header, "happened", (header,), (filled,), ("lapsed",), codes) if filled else None
    coded = pc.dictionary_encode(as_class(cells)).combine_chunks()
    codes, texts = coded.indices, tuple(coded.dictionary.to_pylist())
    if not texts or len(texts) > MOST_VALUES:
        return None
    counts = {one["values"]: one["counts"] for one in pc.value_counts(codes.drop_null()).to_pylist()}
    lines = tuple(counts.get(place, 0) for place in range(len(texts)))
    kind, meant = _with_truth(header, kind, texts)
    return ValueVerdicts(header, kind, texts, lines, meant, codes)


def _with_truth(header: str, kind: ColumnKind, texts: tuple[str, ...]) -> tuple[ColumnKind, tuple[Meant | None, ...]]:
    """Marks read as yes or no; a column of approvals may hold either marks or words."""
    truths = [truth_of(text) for text in texts]
    if kind == "happened":
        return kind, tuple(
            "counts" if truth is False or is_denied(text) else "lapsed"
            for truth, text in zip(truths, texts, strict=True)
        )
    if kind in ("void", "good") and None not in truths:
        lapses = kind == "void"
        return kind, tuple("lapsed" if truth == lapses else "counts" for truth in truths)
    if kind == "status" and header_says(header, "weak") and None not in truths:
        return "good", tuple("counts" if truth else "lapsed" for truth in truths)
    if kind in ("void", "good"):
        kind = "status"
    meant = tuple(meant_by(text) for text in texts)
    codes = tuple(code_of_type(text) for text in texts)
    by_code = kind == "type" and None not in codes and any(text[-1:].isdigit() for text in texts)
    return kind, codes if by_code else meant


def _speaks(one: ValueVerdicts, draft: Draft) -> bool:
    """Whether a column says something of its lines rather than of anything else."""
    kinds = set(one.meant) - {None, "customer"}
    paid_in = "payment" in kinds and not kinds.isdisjoint({"sale", "return"})
    speaking = paid_in or not NOT_A_SALE.isdisjoint(kinds)
    if one.kind in ("void", "good", "happened"):
        return True
    if one.kind == "note":
        return speaking and one.known == 1
    if one.kind == "other":
        return speaking and one.known >= KNOWN_OF_OTHER and len(kinds) > 1
    if one.kind == "type":
        return speaking and (one.known >= KNOWN_OF_WEAK or not header_says(one.header, "weak"))
    if header_says(one.header, "weak"):
        return one.known >= KNOWN_OF_WEAK
    if one.kind == "stage":
        return not DEAL_KINDS.isdisjoint(kinds)
    return bool(kinds) or (len(one.texts) > 1 and "customer" not in one.meant and not _is_of_customer(one, draft))


def _is_of_customer(one: ValueVerdicts, draft: Draft) -> bool:
    """Whether every customer has the same value on all lines: it describes the customer."""
    customers = draft.values(draft.mapping.customer_field or "")
    if customers is None:
        return False
    pairs = pa.table({"who": as_text(customers), "code": pa.chunked_array([one.codes])})
    return pairs.group_by("who").aggregate([]).num_rows == pairs.group_by(["who", "code"]).aggregate([]).num_rows


def _is_named(one: ValueVerdicts, named: frozenset[str]) -> bool:
    return not named.isdisjoint(plain(text) or text for text in one.texts)


def _are_deals(draft: Draft, seen: list[ValueVerdicts]) -> bool:
    outcomes = {plain(word) for word in vocabulary()["about"]["outcomes"]}
    won_or_lost = any(not outcomes.isdisjoint(plain(text) for text in one.texts) for one in seen)
    return won_or_lost or any(is_about(column.name, "deals") for column in draft.reading.columns)


def _are_invoices(draft: Draft, seen: list[ValueVerdicts]) -> bool:
    headers = [column.name for column in draft.reading.columns]
    kinds = [text for one in seen if one.kind == "type" for text in one.texts]
    return any(is_about(text, "invoices") for text in (*headers, *kinds)) or _are_numbered_as_invoices(draft)


def _are_numbered_as_invoices(draft: Draft) -> bool:
    """Whether the first numbers all begin like those of invoices: SINV-0001, INV1001."""
    numbers = draft.values("order_id")
    first = [] if numbers is None else as_text(numbers.slice(0, FIRST)).drop_null().to_pylist()
    return bool(first) and all(INVOICE_NUMBER.match(number) for number in first)
