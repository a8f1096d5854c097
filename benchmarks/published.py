"""Files as people published them, read and scored beside other readers: ``python -m benchmarks.published FOLDER``.

FOLDER holds ``csv`` (the files), ``clean`` (the tables that ought to come out) and ``parameters`` (their encodings), as
the Pollock benchmark lays them out. ``structure`` compares cells to the letter, ours with typing switched off;
``by value`` compares numbers by value and spaces loosely.
"""

from __future__ import annotations

import argparse
import csv
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from statistics import fmean

from benchmarks.polluted import READERS, Table, installed, measures, plain
from benchmarks.polluted_files import Row
from tiering.ingest.bytes.limits import Limits
from tiering.ingest.sheets.source import read_source
from tiering.ingest.values.dates import date_text
from tiering.ingest.values.numbers import number_text, number_value
from tiering.problems import DataProblem, Problem

csv.field_size_limit(1 << 28)


def ours(path: Path, as_is: bool = True) -> Table:
    """Our reader, every cell as written, or typed."""
    with tempfile.TemporaryDirectory() as scratch:
        try:
            assembled, _, questions = read_source(
                path, Path(scratch), {"as_is": True} if as_is else {}, Limits(), lambda share: None
            )
        except DataProblem as problem:
            if problem.code not in {Problem.EMPTY, Problem.NO_ROWS}:
                raise
            return Table(tuple(problem.facts.get("columns", ())), ())
        table = assembled.rows.table()
    unnamed = set(assembled.header.unnamed)
    names = tuple(f"col_{place}" if place in unnamed else name for place, name in enumerate(table.column_names))
    columns = [["" if cell is None else str(cell) for cell in column.to_pylist()] for column in table.columns]
    asks = tuple(question["code"] for question in questions)
    return Table(names, list(zip(*columns, strict=True)), asks=asks)


def files(folder: Path) -> Iterator[tuple[str, Path, Table]]:
    """Each file with the table that ought to come out."""
    for path in sorted((folder / "csv").iterdir()):
        text = (folder / "clean" / path.name).read_text(encoding=_encoding(folder, path.name), errors="replace")
        rows = [tuple(row) for row in csv.reader(text.splitlines(keepends=True))]
        yield path.name, path, Table(rows[0] if rows else (), rows[1:])


def _encoding(folder: Path, name: str) -> str:
    stated = json.loads((folder / "parameters" / f"{name}_parameters.json").read_text(encoding="utf-8"))
    try:
        "".encode(stated.get("encoding") or "utf-8")
    except LookupError:
        return "utf-8"
    return "utf-8" if stated.get("encoding") in {None, "ascii", ""} else stated["encoding"]


def by_value(cells: Iterable[str]) -> Row:
    """Cells of a record by what they stand for: numbers by value, dates whatever their order, no blanks at the end."""
    values = [_value(cell) for cell in cells]
    while values and not values[-1]:
        values.pop()
    return tuple(values)


@lru_cache(maxsize=1 << 18)
def _value(cell: str) -> str:
    word = plain(cell)
    number = number_text(word)
    value = None if number is None or number.loose else number_value(number, ".")
    if value is not None:
        return f"{value.normalize():f}"
    date = date_text(word)
    if date is None:
        return word
    parts = sorted(date.numbers) if date.shape == "order" else sorted((date.month, date.day))
    return f"{date.year} {parts} {date.clock}"


def points(wanted: Table, came: Table, form: Callable[[Iterable[str]], Row] = tuple) -> float:
    """Points out of ten: one for an answer, and precision, recall and their mean of header, records and cells."""
    rows, got = [form(row) for row in wanted.rows], [form(row) for row in came.rows]
    header = measures(form(wanted.header), form(came.header))
    cells = measures((cell for row in rows for cell in row), (cell for row in got for cell in row))
    return 1.0 + header + measures(rows, got) + cells


def scored(name: str, reader: Callable[[Path], Table], folder: Path, typed: bool) -> dict[str, tuple[float, Table]]:
    """Points of one reader by file; a file it fails on counts nothing."""
    form = by_value if typed else tuple
    scores = {}
    for file, path, wanted in files(folder):
        try:
            came = reader(path)
        except Exception as error:  # another reader's failure is a finding
            scores[file] = (0.0, Table((), (), asks=(f"failed: {type(error).__name__} {error}"[:80],)))
        else:
            scores[file] = (points(wanted, came, form), came)
    return scores


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a line for each reader; with ``--files`` a line for each file of ours below ten as well."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", choices=list(READERS))
    parser.add_argument("--files", action="store_true")
    given = parser.parse_args(arguments)
    readers = {name: reader for name, reader in installed().items() if given.only in {None, name}}
    print(f"{'':<18}{'structure':>10}{'by value':>10}")
    for name, reader in readers.items():
        shapes = scored(name, ours if name == "ours" else reader, given.folder, typed=False)
        reading = (lambda path: ours(path, as_is=False)) if name == "ours" else reader
        values = scored(name, reading, given.folder, typed=True)
        means = (fmean(point for point, _ in one.values()) for one in (shapes, values))
        print(f"{name:<18}" + "".join(f"{mean:10.3f}" for mean in means))
        if given.files and name == "ours":
            for file, (point, came) in sorted(shapes.items(), key=lambda one: one[1][0]):
                print(f"  {point:6.2f} {values[file][0]:6.2f} {','.join(came.asks):<20} {file}")


if __name__ == "__main__":
    main()
