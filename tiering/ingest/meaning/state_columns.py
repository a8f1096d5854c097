"""Which columns of order lines tell states, kinds of documents or marks, and what each value makes of a line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal, get_args

import pyarrow as pa
import pyarrow.compute as pc

from tiering.ingest.meaning.draft import Draft
from tiering.ingest.meaning.state_words import (
    Meant,
    code_of_type,
    header_says,
    is_about,
    meant_by,
    plain,
    truth_of,
    vocabulary,
)
from tiering.ingest.reading import Column
from tiering.ingest.values.conversion import as_text, is_dated, is_number

Verdict = Literal["yes", "no", "return"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
ColumnKind = Literal["status", "type", "stage", "void", "good", "happened", "note", "other"]
MOST_VALUES = 60  # a column of more different values is a text
FEW_ROWS = 2_000  # below that every column is looked at
# Fields that may well hold states under a general header; all others have found their meaning.
MAY_BE_STATES = frozenset({"stage", "region", "category", "size"})
KNOWN_OF_WEAK, KNOWN_OF_OTHER = 0.5, 0.95
NOT_A_SALE: frozenset[Meant] = frozenset({"return", "back", "returned", "lapsed"})
DEAL_KINDS: frozenset[Meant] = frozenset({"counts", "lapsed", "open"})


@dataclass(frozen=True)
class Value:
    """One value of a column: its lines and money, and what it makes of a line.

    ``sure`` is false where somebody has to say; ``came_back``: the order was returned, which its positive lines tell.
    """

    text: str
    lines: int
    money: Decimal
    verdict: Verdict
    sure: bool = True
    came_back: bool = False
    size: Decimal = Decimal(0)  # money without signs


@dataclass(frozen=True)
class StateColumn:
    """A column that says whether a line counts; ``codes``: place of each line's value, missing where it is blank."""

    header: str
    kind: ColumnKind
    values: tuple[Value, ...]
    codes: pa.Array

    def lines_of(self, chosen: tuple[Value, ...]) -> pa.Array:
        """Which lines hold one of these values."""
        places = [place for place, value in enumerate(self.values) if value in chosen]
        return pc.fill_null(pc.is_in(self.codes, value_set=pa.array(places, pa.int32())), False)


@dataclass(frozen=True)
class _Seen:
    """A column's distinct values with what the words say of them."""

    header: str
    kind: ColumnKind
    texts: tuple[str, ...]
    lines: tuple[int, ...]
    meant: tuple[Meant | None, ...]
    codes: pa.Array

    @property
    def known(self) -> float:
        """Share of the filled lines whose value is known."""
        pairs = zip(self.lines, self.meant, strict=True)
        return sum(lines for lines, meant in pairs if meant not in (None, "customer")) / max(1, sum(self.lines))


def state_columns(draft: Draft, named: frozenset[str] = frozenset()) -> tuple[StateColumn, ...]:
    """Columns that say whether a line counts; ``named`` are values that somebody has spoken about."""
    seen = [one for one in _seen_columns(draft) if _speaks(one, draft) or _is_named(one, named)]
    of_deals, of_invoices = _are_deals(draft, seen), _are_invoices(draft)
    amounts = draft.amounts()
    assert amounts is not None, "no amount to judge by"
    judged = [_judged(one, of_deals, of_invoices) for one in seen]
    return tuple(_with_money(one, amounts) for one in judged)


def _seen_columns(draft: Draft) -> Iterator[_Seen]:
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
        return kind in ("void", "good") and pc.count_distinct(draft.table[column.name]).as_py() <= 2
    return column.kind == "category" or kind != "other" or draft.table.num_rows <= FEW_ROWS


def _seen(header: str, kind: ColumnKind, cells: pa.ChunkedArray) -> _Seen | None:
    """The distinct values of a column; None where there are none or too many."""
    if kind == "happened" or is_dated(cells.type):
        codes = pc.if_else(pc.is_valid(cells), pa.scalar(0, pa.int32()), None).combine_chunks()
        filled = len(codes) - codes.null_count
        return _Seen(header, "happened", (header,), (filled,), ("lapsed",), codes) if filled else None
    coded = pc.dictionary_encode(as_text(cells)).combine_chunks()
    codes, texts = coded.indices, tuple(coded.dictionary.to_pylist())
    if not texts or len(texts) > MOST_VALUES:
        return None
    counts = {one["values"]: one["counts"] for one in pc.value_counts(codes.drop_null()).to_pylist()}
    lines = tuple(counts.get(place, 0) for place in range(len(texts)))
    kind, meant = _with_truth(header, kind, texts)
    return _Seen(header, kind, texts, lines, meant, codes)


def _with_truth(header: str, kind: ColumnKind, texts: tuple[str, ...]) -> tuple[ColumnKind, tuple[Meant | None, ...]]:
    """Marks read as yes or no; a column of approvals may hold either marks or words."""
    truths = [truth_of(text) for text in texts]
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


def _speaks(one: _Seen, draft: Draft) -> bool:
    """Whether a column says something of its lines rather than of anything else."""
    kinds, speaking = set(one.meant) - {None, "customer"}, not NOT_A_SALE.isdisjoint(one.meant)
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


def _is_of_customer(one: _Seen, draft: Draft) -> bool:
    """Whether every customer has the same value on all lines: it describes the customer."""
    customers = draft.values(draft.mapping.customer_field or "")
    if customers is None:
        return False
    pairs = pa.table({"who": as_text(customers), "code": pa.chunked_array([one.codes])})
    return pairs.group_by("who").aggregate([]).num_rows == pairs.group_by(["who", "code"]).aggregate([]).num_rows


def _is_named(one: _Seen, named: frozenset[str]) -> bool:
    return not named.isdisjoint(plain(text) or text for text in one.texts)


def _are_deals(draft: Draft, seen: list[_Seen]) -> bool:
    outcomes = {plain(word) for word in vocabulary()["about"]["outcomes"]}
    won_or_lost = any(not outcomes.isdisjoint(plain(text) for text in one.texts) for one in seen)
    return won_or_lost or any(is_about(column.name, "deals") for column in draft.reading.columns)


def _are_invoices(draft: Draft) -> bool:
    return any(is_about(column.name, "invoices") for column in draft.reading.columns)


def _judged(one: _Seen, of_deals: bool, of_invoices: bool) -> StateColumn:
    kinds = set(one.meant)
    of_documents = one.kind == "type" or ("sale" in kinds and one.kind != "stage")
    values = []
    for text, meant in zip(one.texts, one.meant, strict=True):
        verdict, sure, came_back = _verdict(meant, of_documents, of_deals, kinds)
        if meant == "awaiting" and of_invoices:
            verdict = "yes"
        if meant == "open" and of_invoices and not of_deals:
            sure = True
        values.append(Value(text, 0, Decimal(0), verdict, sure, came_back))
    return StateColumn(one.header, "type" if of_documents else one.kind, tuple(values), one.codes)


def _verdict(
    meant: Meant | None, of_documents: bool, of_deals: bool, kinds: set[Meant | None]
) -> tuple[Verdict, bool, bool]:
    """Verdict, whether it is sure, and whether it speaks of an order that came back."""
    if meant == "return" or (meant == "back" and of_documents):
        return "return", True, False
    if meant in ("back", "returned"):
        return "no", True, True
    if meant == "payment":
        return ("no" if {"sale", "return"} & kinds else "yes"), True, False
    if meant in ("lapsed", "awaiting"):
        return "no", True, False
    if meant in ("counts", "sale"):
        return "yes", True, False
    if of_deals and not of_documents and meant in ("open", None):
        return "no", meant == "open", False
    return ("no" if meant == "doubtful_no" else "yes"), False, False


def _with_money(column: StateColumn, amounts: pa.ChunkedArray) -> StateColumn:
    """The column's values with their lines and money: a value of negative money alone was taken back already."""
    table = pa.table({"code": pa.chunked_array([column.codes]), "money": amounts, "size": pc.abs(amounts)})
    wanted = [([], "count_all"), *(("money", kind) for kind in ("sum", "max", "min")), ("size", "sum")]
    sums = table.group_by("code").aggregate(wanted)
    by_code = {row["code"]: row for row in sums.to_pylist()}
    values = [_told(value, by_code.get(place)) for place, value in enumerate(column.values)]
    codes = column.codes
    blank = by_code.get(None)
    if blank is not None and column.kind in ("status", "stage", "type") and _is_doubtful(blank, values):
        codes = pc.fill_null(codes, pa.scalar(len(values), codes.type))
        values.append(_told(Value("", 0, Decimal(0), "yes", sure=False), blank))
    return replace(column, values=tuple(values), codes=codes)


def _told(value: Value, row: dict[str, Any] | None) -> Value:
    if row is None:
        return value
    nothing = Decimal(0)
    value = replace(
        value,
        lines=row["count_all"],
        money=row["money_sum"] or nothing,
        size=row["size_sum"] or nothing,
    )
    lowest, highest = row["money_min"] or nothing, row["money_max"] or nothing
    if value.verdict == "no" and lowest < 0 >= highest:
        return replace(value, verdict="return", came_back=False)
    return replace(value, verdict="yes", sure=False) if value.came_back and lowest < 0 < highest else value


def _is_doubtful(blank: dict[str, Any], values: list[Value]) -> bool:
    """Whether lines without a state are the exception: some others count, and most lines have one."""
    filled = sum(value.lines for value in values)
    return any(value.verdict == "yes" and value.sure for value in values) and filled > blank["count_all"]
