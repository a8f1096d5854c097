"""One clean table written in some 2,300 unclean ways, at the levels of file, table, record and cell.

References
----------
Vitagliano, Hameed, Jiang, Reisener, Wu, Naumann (2023), "Pollock: A Data Loading Benchmark", PVLDB 16(8): the levels
and kinds of pollution are its own; table, files and rules of this one are ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

HEADER = ("Order Date", "Quantity", "Product ID", "Unit Price", "Type", "Customer", "Description", "Link", "Comment")
WIDTH = len(HEADER)
TYPES = ("Home Decor", "Kitchen", "Garden", "Office, School")
COMMENTS = ("fragile", 'called "the best"', "", "paid, not yet shipped", "returned once\nthen kept", "gift")
LENGTH = 83
Row = tuple[str, ...]


@dataclass(frozen=True)
class Polluted:
    """A file with the table that should come out of it: header (empty where it has none) and rows."""

    kind: str
    content: bytes
    header: Row
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Style:
    """How a table is written."""

    delimiter: str = ","
    quote: str = '"'
    escape: str = '"'
    newline: str = "\r\n"
    every: bool = True  # whether every cell is quoted

    def cell(self, text: str) -> str:
        """One cell in its quotes."""
        if not self.every and not any(mark in text for mark in (self.delimiter, self.quote, "\n")):
            return text
        return f"{self.quote}{text.replace(self.quote, self.escape + self.quote)}{self.quote}"

    def line(self, cells: Sequence[str]) -> str:
        """One record."""
        return self.delimiter.join(map(self.cell, cells)) + self.newline


PLAIN = Style()


def clean_rows(length: int = LENGTH) -> tuple[Row, ...]:
    """Rows with dates, whole and broken numbers, codes, words, links and free text."""
    return tuple(
        (
            f"20{22 + n % 3}-{n % 12 + 1:02d}-{n % 28 + 1:02d}",
            str(n * 7 % 90 + 1),
            f"{80000 + 37 * n}",
            f"{n * 331 % 9000 / 100 + 0.25:.2f}",
            TYPES[n % len(TYPES)],
            f"{('Meyer', 'Smith', 'Rossi', 'Garcia', 'Dubois')[n % 5]} {'ABCDEFG'[n % 7]}.",
            f"{('Lamp', 'Chair', 'Vase', 'Desk')[n % 4]} model {n % 13} in {('red', 'oak', 'steel')[n % 3]}",
            f"https://shop.example.com/item/{n:04d}?ref=list",
            COMMENTS[n % len(COMMENTS)],
        )
        for n in range(length)
    )


def written(rows: Sequence[Row], style: Style = PLAIN, header: Row = HEADER) -> str:
    """A whole file."""
    return "".join(map(style.line, ([header] if header else []) + list(rows)))


def polluted_files() -> Iterator[Polluted]:
    """Every file, the clean one first."""
    rows = clean_rows()
    yield Polluted("clean", written(rows).encode(), HEADER, rows)
    for source in (_encodings, _sizes, _dialects, _around, _headers, _tables, _record_dialects, _record_widths):
        yield from source(rows)
    for source in (_stray_quotes, _extra_delimiters, _missing_delimiters):
        yield from source(rows)


def _encodings(rows: tuple[Row, ...]) -> Iterator[Polluted]:
    accented = tuple(
        (*row[:5], row[5].replace("Meyer", "Müller").replace("Garcia", "García"), *row[6:]) for row in rows
    )
    for encoding in ("utf-8", "utf-8-sig", "latin-1", "utf-16", "utf-16-le", "mac_roman"):
        yield Polluted("encoding", written(accented).encode(encoding), HEADER, accented)


def _sizes(rows: tuple[Row, ...]) -> Iterator[Polluted]:
    yield Polluted("no header", written(rows, header=()).encode(), (), rows)
    yield Polluted("one row", written(rows[:1]).encode(), HEADER, rows[:1])
    yield Polluted("two rows", written(rows[:2]).encode(), HEADER, rows[:2])
    many = rows * 60
    yield Polluted("many rows", written(many).encode(), HEADER, many)
    wide = tuple(row + row[3:4] * 500 for row in rows)
    names = HEADER + tuple(f"col{n}" for n in range(500))
    yield Polluted("many columns", written(wide, header=names).encode(), names, wide)
    yield Polluted(
        "one column", written([row[5:6] for row in rows], header=HEADER[5:6]).encode(), HEADER[5:6], _column(rows)
    )
    yield Polluted("no last newline", written(rows).rstrip().encode(), HEADER, rows)


def _column(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    return tuple(row[5:6] for row in rows)


def _dialects(rows: tuple[Row, ...]) -> Iterator[Polluted]:
    flat = tuple((*row[:8], row[8].replace("\n", " ")) for row in rows)
    for every in (True, False):
        for delimiter in (";", "|", "\t", ":", " ", ", ", "\t\t"):
            if every or delimiter not in {":", " ", ", "}:
                text = written(rows, Style(delimiter, every=every))
                yield Polluted("delimiter", text.encode(), HEADER, rows)
        for newline in ("\n", "\r"):
            table = flat if newline == "\r" else rows
            yield Polluted("newline", written(table, Style(newline=newline, every=every)).encode(), HEADER, table)
        yield Polluted("quote", written(rows, Style(quote="'", escape="'", every=every)).encode(), HEADER, rows)
        yield Polluted("escape", written(rows, Style(escape="\\", every=every)).encode(), HEADER, rows)
    yield Polluted("declared", ("sep=;\r\n" + written(rows, Style(";"))).encode(), HEADER, rows)


def _around(rows: tuple[Row, ...]) -> Iterator[Polluted]:
    body = written(rows)
    for word, place in (("PREAMBLE", 0), ("Sales report, second half", 0), ("FOOTNOTE", 1), ("Source: the till", 1)):
        for cells in (1, WIDTH):
            for blank in ("", "\r\n", "," * (WIDTH - 1) + "\r\n"):
                notes = PLAIN.line((word, *[""] * (cells - 1))) * 3
                text = notes + blank + body if place == 0 else body + blank + notes
                yield Polluted("footnote" if place else "preamble", text.encode(), HEADER, rows)


def _headers(rows: tuple[Row, ...]) -> Iterator[Polluted]:
    for place in (0, 2, WIDTH - 1):
        for name in ("", "HEAD/%R", " padded ", "Größe €", "line\nbreak"):
            header = _set(HEADER, place, name)
            yield Polluted("header name", written(rows, header=header).encode(), header, rows)
        double = _set(HEADER, place, HEADER[4])
        yield Polluted("header twice", written(rows, header=double).encode(), double, rows)
    upper = ("Order Date", "Sale", "", "", "Type", "Customer", "Description", "Link", "Comment")
    lower = ("", "Quantity", "Product ID", "Unit Price", *[""] * 5)
    joined = (HEADER[0], *(f"Sale {name}" for name in HEADER[1:4]), *HEADER[4:])
    yield Polluted("header rows", (PLAIN.line(upper) + written(rows, header=lower)).encode(), joined, rows)
    again = written(rows[:40]) + written(rows[40:])
    yield Polluted("header again", again.encode(), HEADER, rows)


def _set(cells: Row, place: int, text: str) -> Row:
    return (*cells[:place], text, *cells[place + 1 :])


def _tables(rows: tuple[Row, ...]) -> Iterator[Polluted]:
    other_names = ("Region", "Manager", "Budget", "Phone", "Country", "Status")
    for width in (3, 6):
        other = [tuple(f"{name} {n}" for name in other_names[:width]) for n in range(10)]
        for blank in ("\r\n", "\r\n\r\n"):
            text = written(rows) + blank + written(other, header=other_names[:width])
            yield Polluted("second table", text.encode(), HEADER, rows)


RECORDS = (0, 1, 2, 3, 20, 50, LENGTH - 1)


def _record_dialects(rows: tuple[Row, ...]) -> Iterator[Polluted]:
    styles = (Style(newline="\n"), Style(";"), Style(quote="'", escape="'"), Style(escape="\\"), Style(every=False))
    for style in styles:
        for place in RECORDS:
            yield Polluted("record dialect", _with_record(rows, place, style.line(rows[place])), HEADER, rows)


def _with_record(rows: tuple[Row, ...], place: int, line: str) -> bytes:
    return (written(rows[:place]) + line + written(rows[place + 1 :], header=())).encode()


def _record_widths(rows: tuple[Row, ...]) -> Iterator[Polluted]:
    for place in RECORDS:
        without = rows[:place] + rows[place + 1 :]
        yield Polluted("record blank", _with_record(rows, place, PLAIN.newline), HEADER, without)
        yield Polluted("record short", _with_record(rows, place, PLAIN.line(rows[place][:5])), HEADER, without)
        more = rows[place] + rows[place][-2:] * 3
        yield Polluted("record long", _with_record(rows, place, PLAIN.line(more)), HEADER, without)
        tail = PLAIN.line(rows[place] + ("", "", ""))
        yield Polluted("record empty cells", _with_record(rows, place, tail), HEADER, rows)


def _each_cell(rows: tuple[Row, ...], change: Callable[[list[str], int], None], kind: str) -> Iterator[Polluted]:
    for place, row in enumerate(rows):
        for column in range(WIDTH):
            cells = [PLAIN.cell(text) for text in row]
            change(cells, column)
            yield Polluted(kind, _with_record(rows, place, ",".join(cells) + PLAIN.newline), HEADER, rows)


def _stray_quotes(rows: tuple[Row, ...]) -> Iterator[Polluted]:
    def change(cells: list[str], column: int) -> None:
        cells[column] = '"' + cells[column]

    yield from _each_cell(rows, change, "stray quote")


def _extra_delimiters(rows: tuple[Row, ...]) -> Iterator[Polluted]:
    def change(cells: list[str], column: int) -> None:
        cells[column] = "," + cells[column]

    yield from _each_cell(rows, change, "extra delimiter")


def _missing_delimiters(rows: tuple[Row, ...]) -> Iterator[Polluted]:
    """Two cells grown together cannot be told apart: the record is lost, and must be said to be."""

    def change(cells: list[str], column: int) -> None:
        cells[column : column + 2] = ["".join(cells[column : column + 2])]

    for number, file in enumerate(_each_cell(rows, change, "missing delimiter")):
        place, column = divmod(number, WIDTH)
        if column < WIDTH - 1:
            yield replace(file, rows=rows[:place] + rows[place + 1 :])
