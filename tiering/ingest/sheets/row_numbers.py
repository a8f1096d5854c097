"""Tables whose first column is the number of the row and has no name in the header, as R writes them."""

from __future__ import annotations

from dataclasses import replace

from tiering.ingest.sheets.grid import Grid


def numbers_its_rows(grid: Grid) -> bool:
    """Whether the first cells of all records are 1, 2, 3 …"""
    cells = grid.cells[0].to_pylist()
    return len(cells) > 1 and all(cell.strip() == str(number) for number, cell in enumerate(cells, 1))


def name_first_column(grid: Grid) -> None:
    """Put a blank name before those of the header, which is the first record that is not blank."""
    place = next(place for place, record in enumerate(grid.odd) if record.readings and record.raw.strip())
    header = grid.odd[place]
    grid.odd[place] = replace(header, readings=tuple(("", *cells) for cells in header.readings))
    grid.notes.append({"code": "row_numbers", "line": header.line})
