"""A header that names one column fewer than the records have cells: which one has no name, somebody has to say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tiering.ingest.sheets.grid import Grid, OddRecord
from tiering.ingest.sheets.header_rows import TYPED, Below, looks_below
from tiering.ingest.sheets.vocabulary import header_roles

MOST_OFFERED = 5
OF_NUMBERS = frozenset({"amount", "price", "quantity", "share"})
OF_WORDS = frozenset({"name", "other"})


def narrower_question(grid: Grid, narrow: int) -> dict[str, Any]:
    """Which column the header does not name, the likeliest first, or whether two cells belong together."""
    evidence = {"why": "header_narrower", "header": narrow, "cells": grid.width}
    names = _names(grid)
    if names is None or narrow != grid.width - 1:
        return {"code": "columns", "evidence": evidence, "choices": []}
    below = looks_below(grid)
    places = sorted(range(grid.width), key=lambda place: -_fit(_with_gap(names, place), below))
    rows = [list(row.cells) for row in grid.first_rows(4) if row.index >= 0][:2]
    choices = [
        {"value": {"unnamed": place + 1}, "preview": [_with_gap(names, place), *rows]}
        for place in places[:MOST_OFFERED]
    ]
    choices.append({"value": {"joined": True}, "preview": [names]})
    return {"code": "columns", "evidence": evidence, "choices": choices}


def _names(grid: Grid) -> list[str] | None:
    record = _header_record(grid)
    return [cell.strip() for cell in record.readings[0]] if record is not None else None


def _header_record(grid: Grid) -> OddRecord | None:
    wanted = (one for one in grid.odd if one.readings and len(one.readings[0]) == grid.width - 1)
    return next(wanted, None)


def _with_gap(names: list[str], place: int) -> list[str]:
    return [*names[:place], "", *names[place:]]


def _fit(names: list[str], below: Below) -> int:
    """Names over values of their kind, less those over another."""
    fit = 0
    for name, usual in zip(names, below.usual, strict=False):
        roles = header_roles(name)
        if roles & OF_NUMBERS or "date" in roles:
            fit += 1 if usual == ("date" if "date" in roles else "number") else -1
        elif roles & OF_WORDS:
            fit += -1 if usual in TYPED else 1
    return fit


def name_column_between(grid: Grid, place: int) -> None:
    """Give the header line a cell without a name at a place, so that it has as many as the records."""
    record = _header_record(grid)
    if record is not None:
        cells = _with_gap([cell.strip() for cell in record.readings[0]], place)
        grid.odd[grid.odd.index(record)] = replace(record, readings=(tuple(cells),))
