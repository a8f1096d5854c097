"""One table on its way from cells to lines that count: what its columns mean, and which lines were left out and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc

from tiering.claims import Asked, Claim, NotUsed, Question, Step
from tiering.dataset import Role
from tiering.ingest.clean.amounts import fixed_decimals, line_amounts
from tiering.ingest.meaning.fields import AMOUNT_PARTS
from tiering.ingest.meaning.mapping import Mapping, headers_of, unmapped_headers, with_column
from tiering.ingest.reading import Column, Kind, Reading, SetAside
from tiering.ingest.values.conversion import as_text, free_name

Destination = Literal["excluded", "set_aside"]


@dataclass(frozen=True)
class LeftOut:
    """Lines that were read and do not count: the reason, what stood in them, their line numbers and their money."""

    reason: str
    table: pa.Table = field(repr=False)
    lines: pa.Array = field(repr=False)
    money: Decimal | None = None


@dataclass(frozen=True)
class Draft:
    """One table of a set of files.

    Attributes
    ----------
    role
        What somebody has said the rows are, None while the columns have to tell.
    start
        Lines and money of the table before anything was taken from it; None until the amount is known.
    steps, left
        What was taken from it since, as steps of the money bridge and as lines.
    """

    name: str
    sha256: str
    reading: Reading
    mapping: Mapping
    role: Role | None = None
    start: Step | None = None
    steps: tuple[Step, ...] = ()
    left: tuple[LeftOut, ...] = ()

    @property
    def table(self) -> pa.Table:
        """One row per record, under the file's own headers."""
        assert self.reading.table is not None, "nothing was read"
        return self.reading.table

    @property
    def lines(self) -> pa.Array:
        """Physical line of each row."""
        assert self.reading.lines is not None, "nothing was read"
        return self.reading.lines

    @property
    def has_amount(self) -> bool:
        """Whether each line's money is told or can be computed."""
        headers = set(headers_of(self.reading))
        ways = (("amount",), AMOUNT_PARTS)
        return any(all(headers.issuperset(self.mapping.headers(key) or ("",)) for key in way) for way in ways)

    def amounts(self) -> pa.ChunkedArray | None:
        """Exact money of each line (decimal128), None where no column tells it."""
        return self._amounts

    @cached_property
    def _amounts(self) -> pa.ChunkedArray | None:
        return fixed_decimals(line_amounts(self.table, self.mapping)) if self.has_amount else None

    def values(self, key: str) -> pa.ChunkedArray | None:
        """The column of a canonical field, None where none is mapped."""
        headers = self.mapping.headers(key)
        return self.table[headers[0]] if headers else None


@dataclass(frozen=True)
class Understanding:
    """All that is taken to be so of a set of files, so far."""

    drafts: tuple[Draft, ...]
    claims: tuple[Claim, ...] = ()
    questions: tuple[Question, ...] = ()
    not_used: tuple[NotUsed, ...] = ()

    def saying(self, claims: tuple[Claim, ...] = (), questions: tuple[Question, ...] = ()) -> Understanding:
        """The same with more claims and questions."""
        return replace(self, claims=self.claims + claims, questions=self.questions + questions)


@dataclass(frozen=True)
class Finding:
    """What one claim makes of one draft."""

    draft: Draft
    claims: tuple[Claim, ...] = ()
    questions: tuple[Question, ...] = ()


ClaimStep = Callable[[Understanding, Asked], Understanding]


def for_each(find: Callable[[Draft, Asked], Finding], *roles: Role) -> ClaimStep:
    """A step over the whole set of one that looks at a single draft; ``roles`` names those it concerns, none all."""

    def step(understood: Understanding, asked: Asked) -> Understanding:
        concerned = [not roles or draft.mapping.role in roles for draft in understood.drafts]
        found = [
            find(draft, asked) if concerns else Finding(draft)
            for draft, concerns in zip(understood.drafts, concerned, strict=True)
        ]
        claims = tuple(claim for one in found for claim in one.claims)
        questions = tuple(question for one in found for question in one.questions)
        return replace(understood, drafts=tuple(one.draft for one in found)).saying(claims, questions)

    return step


def started(draft: Draft) -> Draft:
    """The draft with its lines and money as they stand now: where the money bridge begins."""
    amounts = draft.amounts()
    money = Decimal(0) if amounts is None else pc.sum(amounts).as_py() or Decimal(0)
    return replace(draft, start=Step("total", draft.table.num_rows, money))


def with_values(draft: Draft, header: str, values: pa.ChunkedArray | pa.Array, kind: Kind | None = None) -> Draft:
    """The draft with the values of a column replaced, or with a new column at the end, which then has a ``kind``."""
    table, columns = draft.table, draft.reading.columns
    if header in table.column_names:
        table = table.set_column(table.column_names.index(header), header, values)
        columns = tuple(replace(one, kind=kind or one.kind) if one.name == header else one for one in columns)
    else:
        table = table.append_column(header, values)
        columns = (*columns, Column(header, kind or "text"))
    reading = replace(draft.reading, table=table, columns=columns)
    headers = tuple(column.name for column in columns)
    mapping = replace(draft.mapping, unmapped=unmapped_headers(draft.mapping.columns, headers))
    return replace(draft, reading=reading, mapping=mapping)


def with_amounts(draft: Draft, amounts: pa.ChunkedArray | pa.Array, step: Step | None = None) -> Draft:
    """The draft with other money on its lines, and the step of the bridge that tells of it.

    Where the amount was a product of columns, it becomes a column of its own.
    """
    header = next(iter(draft.mapping.headers("amount")), "")
    if not header:
        header = free_name("amount", {name.casefold() for name in draft.table.column_names})
    changed = with_values(draft, header, amounts, "money")
    mapping = with_column(changed.mapping, changed.reading, "amount", header)
    return replace(changed, mapping=mapping, steps=changed.steps + ((step,) if step else ()))


def leave_out(draft: Draft, mask: pa.ChunkedArray | pa.Array, reason: str, to: Destination = "excluded") -> Draft:
    """The draft without the rows of a mask (missing counts as false); their lines and money become a step.

    ``excluded``: they were understood and do not count; ``set_aside``: they could not be used and go to the file of
    rows to correct.
    """
    mask = pc.fill_null(mask, False)
    count = pc.sum(mask).as_py() or 0
    if not count:
        return draft
    gone, places = draft.table.filter(mask), draft.lines.filter(_flat(mask))
    amounts = draft.amounts()
    money = None if amounts is None else pc.sum(amounts.filter(mask)).as_py() or Decimal(0)
    stay = pc.invert(mask)
    flat = _flat(stay)
    currencies = {name: values.filter(flat) for name, values in draft.reading.currencies.items()}
    reading = replace(
        draft.reading, table=draft.table.filter(stay), lines=draft.lines.filter(flat), currencies=currencies
    )
    if to == "excluded":
        excluded = dict(reading.report.get("excluded", {}))
        excluded[reason] = excluded.get(reason, 0) + count
        reading = replace(reading, report={**reading.report, "excluded": excluded})
    else:
        reading = replace(reading, set_aside=(*reading.set_aside, *_as_raw(gone, places, reason)))
    left = (*draft.left, LeftOut(reason, gone, places, money))
    steps = (*draft.steps, Step(reason, -count, -(money or Decimal(0)))) if draft.start is not None else draft.steps
    return replace(draft, reading=reading, left=left, steps=steps)


def _as_raw(table: pa.Table, lines: pa.Array, reason: str) -> list[SetAside]:
    texts = pc.binary_join_element_wise(*(pc.fill_null(as_text(column), "") for column in table.columns), ",")
    return [SetAside(line, reason, raw) for line, raw in zip(lines.to_pylist(), texts.to_pylist(), strict=True)]


def _flat(mask: Any) -> pa.Array:
    return mask.combine_chunks() if isinstance(mask, pa.ChunkedArray) else mask
