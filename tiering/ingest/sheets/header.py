"""Where a table begins: title lines, header rows, or none; and the names they give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tiering.ingest.sheets.grid import Grid, Row
from tiering.ingest.sheets.header_rows import (
    TYPED,
    Below,
    are_periods,
    is_header_word,
    is_sure,
    likely_place,
    looks_below,
)
from tiering.ingest.sheets.vocabulary import cleaned_name, joined_names, unique_names
from tiering.ingest.values.cells import filled_rows, looks
from tiering.ingest.values.header_units import is_unit

HEAD = 60
MOST_LINES = 4  # of a header below its first
OFFERED = 8  # rows of which somebody may say that they are the header
Sureness = Literal["sure", "assumed", "absent"]


@dataclass(frozen=True)
class Header:
    """Names of the columns, the lines they stand on and the lines above; no lines where names are made up.

    ``titles`` are the filled cells of the lines above, ``unnamed`` the places of columns called by their letter.
    """

    names: tuple[str, ...]
    lines: tuple[int, ...]
    above: tuple[int, ...]
    sureness: Sureness
    width: int
    titles: tuple[str, ...] = ()
    unnamed: tuple[int, ...] = ()


def find_header(grid: Grid, choice: Any = None) -> Header:
    """Header of a grid.

    Parameters
    ----------
    choice
        Line somebody chose as the header, or ``"none"``.
    """
    rows = filled_rows_at_top(grid, HEAD)
    if choice == "none" or not rows:
        return _made_up(grid, "sure" if rows else "absent")
    line = _line(choice)
    if line is not None:
        rows = filled_rows_at_top(grid, max(HEAD, line + MOST_LINES + 1))
        place = next((at for at, row in enumerate(rows) if row.line == line), None)
        return _made_up(grid, "absent") if place is None else _header_at(rows, place, grid, "sure")
    below = looks_below(grid)
    place = likely_place(rows, grid.width, below)
    if place is None:
        return _made_up(grid, "absent")
    return _header_at(rows, place, grid, "sure" if is_sure(rows[place], below) else "assumed")


def _line(choice: Any) -> int | None:
    """A line number as it is typed in an answer; None for anything else."""
    if isinstance(choice, str) and choice.strip().isdecimal():
        return int(choice)
    return choice if isinstance(choice, int) and not isinstance(choice, bool) else None


def filled_rows_at_top(grid: Grid, count: int) -> list[Row]:
    """The first rows that hold anything."""
    return [row for row in grid.first_rows(count) if any(cell.strip() for cell in row.cells)]


def narrower_header(grid: Grid) -> int | None:
    """Cells of a header that names fewer columns than the records have cells, none of those beyond it blank."""
    for row in grid.first_rows(12):
        cells = [cell.strip() for cell in row.cells]
        if len(cells) >= 2 and all(cells) and any(is_header_word(cell) for cell in cells):
            full = len(cells) < grid.width and all(looks(cell) == "text" for cell in cells)
            return len(cells) if full and _beyond_is_filled(grid, len(cells)) else None
    return None


def _beyond_is_filled(grid: Grid, width: int) -> bool:
    cells = [cell.strip() for column in grid.cells[width:] for cell in column.slice(0, 200).to_pylist()]
    return sum(map(bool, cells)) > 0.5 * len(cells)


def _header_at(rows: list[Row], place: int, grid: Grid, sureness: Sureness) -> Header:
    below = looks_below(grid)
    begins = place
    while begins and _names_groups(rows[begins - 1], rows[begins : place + 1], below):
        begins -= 1
    upper = _together(rows[begins : place + 1])
    taken = [*rows[begins : place + 1], *(_further_lines([upper, *rows[place + 1 :]], below))]
    if place + 1 < len(rows) and taken[-1] is rows[place]:
        second = rows[place + 1]
        taken += [second] if _continues(upper, second, below) or _names_units(upper, second, below) else []
    width = max(grid.width, *(len(_trimmed(row.cells)) for row in taken))
    names = joined_names([row.cells for row in taken], width)
    above = tuple(row.line for row in rows[:begins])
    titles = tuple(cell for row in rows[:begins] for cell in row.cells if cell.strip())
    unnamed = tuple(at for at, name in enumerate(names) if not cleaned_name(name))
    return Header(unique_names(names), tuple(row.line for row in taken), above, sureness, width, titles, unnamed)


def _together(rows: Sequence[Row]) -> Row:
    """Header lines as one row: where a lower one is blank, what stands above."""
    cells = list(rows[0].cells)
    for row in rows[1:]:
        cells += [""] * (len(row.cells) - len(cells))
        lower = [*row.cells, *cells[len(row.cells) :]]
        cells = [low if low.strip() else high for high, low in zip(cells, lower, strict=True)]
    return Row(rows[-1].line, tuple(cells), rows[-1].index)


def _trimmed(cells: Sequence[str]) -> list[str]:
    """Cells without the empty ones at the end."""
    kept = list(cells)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept


def _further_lines(rows: list[Row], below: Below) -> list[Row]:
    """Lines of a header of several, under names that span lines and columns; none where it is not clearly one.

    In each the first column is blank or as above, a cell merged over lines, and there is nothing but words; together
    they fill every gap of the first line over a column that holds anything. The records begin with something else.
    """
    upper = [cell.strip() for cell in rows[0].cells]
    gaps = {place for place, cell in enumerate(upper) if not cell and place in below.filled}
    again = {"", upper[0]} if upper else {""}
    taken: list[Row] = []
    for row in rows[1 : MOST_LINES + 1]:
        cells = [cell.strip() for cell in row.cells]
        if row.index < 0 or len(cells) != len(upper) or cells[0] not in again or not _are_words(cells):
            break
        taken.append(row)
        gaps -= {place for place, cell in enumerate(cells) if cell}
    after = rows[len(taken) + 1 : len(taken) + 2]
    spans = len(again) == 2 and not all(upper) and not gaps
    clear = len(taken) > 1 and bool(after) and after[0].cells[0].strip() not in again
    return taken if spans and clear else []


def _are_words(cells: Sequence[str]) -> bool:
    return not any(looks(cell) in TYPED for cell in cells if cell)


def _continues(first: Row, second: Row, below: Below) -> bool:
    """A second header row fills gaps of the first over columns that hold anything, with nothing but words."""
    upper = [cell.strip() for cell in first.cells]
    lower = [cell.strip() for cell in second.cells]
    if second.index < 0 or len(upper) != len(lower) or not any(lower) or not _are_words(lower):
        return False
    gaps = [place for place, cell in enumerate(upper) if not cell and place in below.filled]
    fills = [place for place in gaps if lower[place]]
    if not fills or len(fills) < len(gaps):
        return False
    typed = any(below.usual[place] in TYPED for place in fills)
    return typed or all(is_header_word(lower[place]) for place in fills)


def _names_units(first: Row, second: Row, below: Below) -> bool:
    """A row of units or of names in another language: words alone, also over every column of numbers or dates."""
    lower = [cell.strip() for cell in second.cells]
    if second.index < 0 or len(lower) != len(first.cells) or not _are_words(lower):
        return False
    typed = [place for place, usual in enumerate(below.usual) if usual in TYPED]
    filled = [cell for cell in lower if cell]
    if not typed or not filled or not any(lower[place] for place in typed):
        return False
    units = all(is_unit(cell) for cell in filled)
    names = all(lower[place] for place in typed) and sum(map(is_header_word, filled)) >= 0.6 * len(filled)
    return units or names


def _names_groups(above: Row, rows: Sequence[Row], below: Below) -> bool:
    """Whether the row above names groups of columns, or columns that the rows below it leave without a name.

    It is no title: it names several, with words or years. Names that come twice below differ with it.
    """
    lower = [cell.strip() for cell in _together(rows).cells]
    upper = [cell.strip() for cell in above.cells]
    named = {place: cell for place, cell in enumerate(upper) if cell}
    if above.index < 0 or len(upper) != len(lower) or len(named) < 2:
        return False
    if not _are_words(upper) and not are_periods(list(named.values()), named, below):
        return False
    if any(cell.endswith((":", "：")) for cell in named.values() if len(cell) < 20):
        return False
    if any(not lower[place] or lower[place] == cell for place, cell in named.items() if place in below.filled):
        return True
    joined = [name for name in joined_names([above.cells, *(row.cells for row in rows)], len(lower)) if name]
    twice = len(set(lower)) < len(lower)
    return twice and len(set(joined)) > len({name for name in lower if name}) and len(set(joined)) == len(joined)


def without_empty_columns(grid: Grid, header: Header) -> tuple[Header, int]:
    """Header of a grid without its nameless columns at the right that hold nothing; how many were left out."""
    kept = header.width
    while kept > 1 and kept - 1 in header.unnamed and _is_blank(grid, kept - 1):
        kept -= 1
    left_out = header.width - kept
    if left_out:
        del grid.cells[kept:], grid.native[kept:]
    unnamed = tuple(place for place in header.unnamed if place < kept)
    names = header.names[:kept]
    return Header(names, header.lines, header.above, header.sureness, kept, header.titles, unnamed), left_out


def _is_blank(grid: Grid, place: int) -> bool:
    return place >= grid.width or not filled_rows(grid.cells[place]).any()


def _made_up(grid: Grid, sureness: Sureness) -> Header:
    return Header(unique_names([""] * grid.width), (), (), sureness, grid.width, (), tuple(range(grid.width)))
