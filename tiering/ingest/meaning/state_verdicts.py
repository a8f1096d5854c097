"""What each value of a column of states makes of a line, with the lines and the money it holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal, get_args

import pyarrow as pa
import pyarrow.compute as pc

from tiering.ingest.meaning.word_lists import Meant, speaks_of

Verdict = Literal["yes", "no", "return"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
ColumnKind = Literal["status", "type", "stage", "void", "good", "happened", "note", "other"]


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
class ValueVerdicts:
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


def judged(one: ValueVerdicts, of_deals: bool, of_invoices: bool) -> StateColumn:
    """A column's values with their verdicts, in files that speak ``of_deals`` or ``of_invoices``."""
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


def with_money(column: StateColumn, amounts: pa.ChunkedArray) -> StateColumn:
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
    taken_back = value.came_back or speaks_of(value.text, "reverse")
    if value.verdict == "no" and taken_back and lowest < 0 >= highest:
        return replace(value, verdict="return", came_back=False)
    return replace(value, verdict="yes", sure=False) if value.came_back and lowest < 0 < highest else value


def _is_doubtful(blank: dict[str, Any], values: list[Value]) -> bool:
    """Whether lines without a state are the exception: some others count, and most lines have one."""
    filled = sum(value.lines for value in values)
    return any(value.verdict == "yes" and value.sure for value in values) and filled > blank["count_all"]
