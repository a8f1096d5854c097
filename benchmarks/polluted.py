"""Unclean files read and scored, beside other readers of the same files: ``python -m benchmarks.polluted [--step N]``.

A file earns up to ten points: one for being read at all, and precision, recall and their harmonic mean of header,
records and cells. ``simple`` is the mean over the files, ``by kind`` counts every kind of pollution the same.
``wrong`` is the number of files with a record that is not in them and that is not listed as repaired.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from statistics import fmean
from typing import Any

from benchmarks.polluted_files import Polluted, Row, polluted_files
from tiering.ingest.bytes.limits import Limits
from tiering.ingest.sheets.source import read_source
from tiering.problems import DataProblem


@dataclass(frozen=True)
class Table:
    """What a reader made of a file; ``mended`` are the rows it says it changed, ``asks`` what it wants to know."""

    header: Row
    rows: Sequence[Row]
    mended: frozenset[int] = frozenset()
    asks: tuple[str, ...] = ()


@dataclass
class Scores:
    """Points of one reader: by kind of pollution, and the files it read wrong without a word."""

    points: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)
    failed: int = 0

    @property
    def simple(self) -> float:
        """Mean over the files."""
        return fmean(point for points in self.points.values() for point in points)

    @property
    def by_kind(self) -> float:
        """Mean over the kinds."""
        return fmean(fmean(points) for points in self.points.values())


def ours(path: Path) -> Table:
    """Our reader, without the process around it."""
    with tempfile.TemporaryDirectory() as scratch:
        assembled, _, questions = read_source(path, Path(scratch), {}, Limits(), lambda share: None)
        table = assembled.rows.table()
    mended = {one["line"] for one in assembled.repaired}
    places = frozenset(place for place, line in enumerate(assembled.lines.tolist()) if line in mended)
    header = tuple(table.column_names) if assembled.header.lines else ()
    columns = [["" if cell is None else str(cell) for cell in column.to_pylist()] for column in table.columns]
    asks = tuple(question["code"] for question in questions if question["evidence"].get("why") != "no_number")
    return Table(header, list(zip(*columns, strict=True)), places, asks)


def sniffed(path: Path) -> Table:
    """Python's own sniffer."""
    with path.open(encoding="utf-8", newline="") as file:
        text = file.read()
    rows = [tuple(row) for row in csv.reader(io.StringIO(text, newline=""), csv.Sniffer().sniff(text))]
    return Table(rows[0], rows[1:])


def with_pandas(path: Path, **options: Any) -> Table:
    """What most people type first."""
    import pandas as pd

    frame = pd.read_csv(path, dtype=str, keep_default_na=False, **options)
    return Table(tuple(frame.columns), [tuple(map(str, row)) for row in frame.itertuples(index=False)])


def pandas_sniffing(path: Path) -> Table:
    """Its slower engine, which looks for the delimiter."""
    return with_pandas(path, sep=None, engine="python")


def with_duckdb(path: Path) -> Table:
    """Its own sniffer, everything as text."""
    import duckdb

    table = duckdb.read_csv(str(path), all_varchar=True)
    return Table(
        tuple(table.columns), [tuple("" if cell is None else cell for cell in row) for row in table.fetchall()]
    )


def with_clevercsv(path: Path) -> Table:
    """Where it is installed."""
    import clevercsv  # type: ignore[import-not-found,unused-ignore]

    rows = [tuple(row) for row in clevercsv.read_table(str(path))]
    return Table(rows[0], rows[1:])


READERS: dict[str, Callable[[Path], Table]] = {
    "ours": ours,
    "csv.Sniffer": sniffed,
    "pandas": with_pandas,
    "pandas, sniffing": pandas_sniffing,
    "DuckDB": with_duckdb,
    "CleverCSV": with_clevercsv,
}


def plain(cell: str) -> str:
    """A cell as compared: outer spaces and line breaks alike, numbers by value, absent as blank."""
    text = " ".join(cell.split())
    try:
        return str(Decimal(text).normalize()) if text[:1] in "+-0123456789" else text
    except InvalidOperation:
        return text


def plain_row(row: Iterable[str]) -> Row:
    """Cells of a record as compared."""
    return tuple(map(plain, row))


def points(file: Polluted, table: Table) -> float:
    """Points out of ten."""
    wanted, came = list(map(plain_row, file.rows)), list(map(plain_row, table.rows))
    header = measures(_names(file.header, file.header), _names(table.header, file.header)) if file.header else 3.0
    cells = measures((cell for row in wanted for cell in row), (cell for row in came for cell in row))
    return 1.0 + header + measures(wanted, came) + cells


def _names(header: Row, like: Row) -> list[str]:
    """Names as compared; blank and repeated ones may be called anything."""
    loose = {name for name, times in Counter(map(plain, like)).items() if times > 1} | {""}
    names = [name for name in map(plain, header) if not name.startswith(("column", "Unnamed"))]
    return [name for name in names if name not in loose and re.sub(r"[_.]\d+$", "", name) not in loose]


def measures(wanted: Iterable[object], came: Iterable[object]) -> float:
    """Precision, recall and their harmonic mean, together."""
    wanted, came = Counter(wanted), Counter(came)
    both = (wanted & came).total()
    if not both:
        return 3.0 if not wanted and not came else 0.0
    precision, recall = both / came.total(), both / wanted.total()
    return precision + recall + 2 * precision * recall / (precision + recall)


def is_wrong(file: Polluted, table: Table) -> bool:
    """Whether a record came out that is not in the file, unasked and unlisted."""
    if table.asks:
        return False
    strange = Counter(map(plain_row, table.rows)) - Counter(map(plain_row, file.rows))
    mended = Counter(plain_row(table.rows[place]) for place in table.mended)
    return bool(strange - mended)


def scored(files: Iterable[Polluted], readers: dict[str, Callable[[Path], Table]]) -> dict[str, Scores]:
    """Scores of each reader over the files."""
    scores = {name: Scores() for name in readers}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.csv"
        for number, file in enumerate(files):
            path.write_bytes(file.content)
            for name, reader in readers.items():
                _score(scores[name], (number, file), path, reader)
    return scores


def _score(scores: Scores, numbered: tuple[int, Polluted], path: Path, reader: Callable[[Path], Table]) -> None:
    number, file = numbered
    try:
        table = reader(path)
    except DataProblem as problem:
        scores.asked[f"refused {problem.code}"] += 1
        scores.points[file.kind].append(0.0)
        return
    except Exception:  # another reader's failure is a finding
        scores.failed += 1
        scores.points[file.kind].append(0.0)
        return
    scores.points[file.kind].append(points(file, table))
    scores.asked.update(table.asks)
    if is_wrong(file, table):
        scores.wrong.append(f"{file.kind} #{number}")


def installed() -> dict[str, Callable[[Path], Table]]:
    """Readers that are here."""
    from importlib.util import find_spec

    return {name: reader for name, reader in READERS.items() if name != "CleverCSV" or find_spec("clevercsv")}


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a line for each reader, then what ours lost and where."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--step", type=int, default=1, help="every which file of the many with one damaged cell")
    parser.add_argument("--only", choices=list(READERS))
    given = parser.parse_args(arguments)
    files = [file for number, file in enumerate(polluted_files()) if number < 160 or number % given.step == 0]
    readers = {name: reader for name, reader in installed().items() if given.only in {None, name}}
    scores = scored(files, readers)
    print(f"{len(files)} files\n{'':<18}{'simple':>8}{'by kind':>9}{'wrong':>7}{'failed':>8}{'asked':>7}")
    for name, one in scores.items():
        print(
            f"{name:<18}{one.simple:8.3f}{one.by_kind:9.3f}{len(one.wrong):7}{one.failed:8}{sum(one.asked.values()):7}"
        )
    if "ours" in scores:
        lost = {kind: fmean(got) for kind, got in scores["ours"].points.items() if fmean(got) < 9.995}
        print(
            "ours below 9.995:", {kind: round(mean, 3) for kind, mean in sorted(lost.items(), key=lambda one: one[1])}
        )
        print("ours wrong:", scores["ours"].wrong[:30], dict(scores["ours"].asked))


if __name__ == "__main__":
    main()
