"""What became of one grid: its typed rows, its columns, and where every line went."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from tiering.ingest.clean.set_aside import Account, Aside, record_text
from tiering.ingest.reading import Column, SetAside
from tiering.ingest.sheets.body import Body
from tiering.ingest.sheets.grid import Grid
from tiering.ingest.sheets.header import Header
from tiering.ingest.sheets.repair import Mended
from tiering.ingest.values.kinds import Judged
from tiering.ingest.values.typed import TypedColumn, TypedRows


@dataclass
class Assembled:
    """What became of one grid."""

    rows: TypedRows
    lines: np.ndarray
    columns: tuple[Column, ...]
    set_aside: list[SetAside]
    header: Header
    account: Account
    repaired: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    questions: list[dict[str, Any]] = field(default_factory=list)
    currencies: dict[str, pa.Array] = field(default_factory=dict)


@dataclass
class Rows:
    """The records of the body as text, those read anew included, in the order of the file."""

    cells: list[pa.Array]
    lines: np.ndarray
    repaired: set[int]


def assembled(
    grid: Grid,
    top: tuple[Header, Body],
    middle: tuple[list[Judged], list[TypedColumn], Rows],
    lost: tuple[list[Mended], Aside],
) -> Assembled:
    """What became of a grid, every line accounted for."""
    (header, body), (columns, typed, rows), (mended, aside) = top, middle, lost
    used = aside.reasons == 0
    table = TypedRows(header.names, typed, used)
    set_aside = [SetAside(one.line, one.reason, one.raw) for one in mended if one.reason]
    set_aside += [
        SetAside(int(rows.lines[index]), reason, record_text(rows.cells, index, grid.joiner))
        for index, reason in aside.items()
    ]
    set_aside.sort(key=lambda one: one.line)
    repaired = [one for one in grid.repaired if one["line"] in set(rows.lines[used].tolist())]
    repaired += [{"line": one.line, "what": one.what} for one in mended if not one.reason]
    repaired = [one for one in repaired if one["line"] not in {lost.line for lost in set_aside}]
    account = _account(grid, (header, body), len(table), repaired, set_aside)
    named = table.currencies()
    kinds = tuple(_described(one, named.get(one.name)) for one in columns)
    came = Assembled(table, rows.lines[used].astype(np.int32), kinds, set_aside, header, account)
    came.currencies = {one.name: named[one.name] for one in kinds if len(one.currencies) > 1}
    came.repaired = sorted(repaired, key=lambda one: one["line"])
    return came


def _described(one: Judged, named: pa.Array | None) -> Column:
    """A column with the currencies its cells name, most frequent first."""
    counted = [] if named is None else named.value_counts().to_pylist()
    counts = {entry["values"]: entry["counts"] for entry in sorted(counted, key=lambda entry: -entry["counts"])}
    return Column(one.name, one.kind, one.unit, one.currency, counts)


def _account(
    grid: Grid, top: tuple[Header, Body], rows: int, repaired: list[dict[str, Any]], set_aside: list[SetAside]
) -> Account:
    header, body = top
    mended = len({one["line"] for one in repaired})
    account = Account(
        read=len(grid.lines) + len(grid.odd),
        header=len(header.lines),
        excluded=dict(body.excluded),
        clean=rows - mended,
        repaired=mended,
        set_aside=len(set_aside),
    )
    account.ensure_adds_up()
    return account
