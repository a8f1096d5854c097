"""Workbooks looked over in constant memory before any parser sees them."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from xml.sax.saxutils import unescape

from tiering.ingest.bytes.limits import MEBIBYTE, Limits
from tiering.ingest.bytes.sheet_scan import SheetScan
from tiering.problems import DataProblem, Problem

CHUNK = 1 << 20
OVERLAP = 256
END_OF_DIRECTORY = b"PK\x05\x06"
SMALL_ENOUGH = 16 * MEBIBYTE  # below this the ratio does not matter
OFFICE_KINDS = {
    "word/": "Word",
    "ppt/": "PowerPoint",
    "visio/": "Visio",
    "Payload/": "ZIP",
    "META-INF/MANIFEST.MF": "JAR",
}
UNSAFE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
SMALL_PARTS = {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"}
RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
TRAIT = re.compile(rb"(?:\w+:)?(\w+)\s*=\s*\"([^\"]*)\"")
UNIQUE_COUNT = re.compile(rb"<(?:\w+:)?sst\b[^>]*?\b(?:uniqueCount|count)\s*=\s*[\"'](\d+)[\"']")


@dataclass
class WorkbookFacts:
    """What the look over found: by part the formulas without a stored result and the first of them, and the hidden
    rows; sheet → part.
    """

    unfilled: dict[str, tuple[int, str]] = field(default_factory=dict)
    hidden: dict[str, int] = field(default_factory=dict)
    sheets: dict[str, str] = field(default_factory=dict)

    def ensure_computed(self, sheet: str) -> None:
        """Refuse a sheet whose formulas have no stored result: its cells would read as empty."""
        cells, first = self.unfilled.get(self.sheets.get(sheet, ""), (0, ""))
        if cells:
            raise DataProblem(Problem.FORMULA_WITHOUT_VALUE, cells=cells, column=first.rstrip("0123456789"), cell=first)

    def hidden_rows(self, sheet: str) -> int:
        """Rows of a sheet that its program does not show."""
        return self.hidden.get(self.sheets.get(sheet, ""), 0)


def ensure_harmless(path: Path, limits: Limits) -> WorkbookFacts:
    """Refuse a zipped workbook that would harm whoever parses it.

    Raises
    ------
    DataProblem
        DAMAGED, PASSWORD, WRONG_TYPE, TOO_BIG_UNPACKED, XML_ENTITIES, TOO_MANY_CELLS.
    """
    _ensure_few_parts(path, limits)
    try:
        with zipfile.ZipFile(path) as archive, path.open("rb") as file:
            parts = archive.infolist()
            _ensure_workbook([part.filename for part in parts])
            _ensure_sizes(parts, path.stat().st_size, limits)
            return _looked_over(parts, file, limits)
    except (zipfile.BadZipFile, zlib.error, OSError, struct.error, NotImplementedError, ValueError) as error:
        raise DataProblem(Problem.DAMAGED, kind="Excel") from error


def _ensure_few_parts(path: Path, limits: Limits) -> None:
    """Read the number of parts from the last bytes before anything is made of the directory."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - (1 << 16) - 22))
        tail = file.read()
    at = tail.rfind(END_OF_DIRECTORY)
    if at < 0 or at + 12 > len(tail):
        raise DataProblem(Problem.DAMAGED, kind="Excel")
    if struct.unpack_from("<H", tail, at + 10)[0] > limits.workbook_parts:
        raise DataProblem(Problem.DAMAGED, kind="Excel")


def _ensure_workbook(names: list[str]) -> None:
    if any(name in {"xl/workbook.xml", "xl/workbook.bin", "content.xml"} for name in names):
        return
    kind = next((kind for start, kind in OFFICE_KINDS.items() if any(name.startswith(start) for name in names)), "ZIP")
    raise DataProblem(Problem.WRONG_TYPE, kind=kind)


def _ensure_sizes(parts: list[zipfile.ZipInfo], size: int, limits: Limits) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise DataProblem(Problem.PASSWORD)
    unpacked = sum(part.file_size for part in parts)
    ratio = unpacked // max(size, 1)
    if unpacked > limits.unpacked_bytes or (unpacked > SMALL_ENOUGH and ratio > limits.unpacked_ratio):
        raise DataProblem(
            Problem.TOO_BIG_UNPACKED,
            mebibytes=unpacked // MEBIBYTE,
            limit=limits.unpacked_bytes // MEBIBYTE,
            ratio=ratio,
        )


def _looked_over(parts: list[zipfile.ZipInfo], file: BinaryIO, limits: Limits) -> WorkbookFacts:
    facts = WorkbookFacts()
    cells = 0
    for part in parts:
        if not part.filename.endswith((".xml", ".rels", ".vml")):
            continue
        scan = SheetScan() if part.filename.startswith("xl/worksheets/") else None
        items = _scanned(part, file, scan)
        if part.filename.endswith("sharedStrings.xml"):
            _ensure_count_possible(part, file, items)
        if scan is not None:
            cells = max(cells, scan.span(limits.span_cells))
            cells = max(cells, scan.cells if scan.cells > limits.cells else 0)
            if scan.hidden:
                facts.hidden[part.filename] = scan.hidden
            if scan.unfilled:
                facts.unfilled[part.filename] = (scan.unfilled, scan.first_unfilled)
    if cells:
        raise DataProblem(Problem.TOO_MANY_CELLS, cells=cells, limit=limits.cells)
    facts.sheets = _sheet_names(parts, file) if facts.unfilled or facts.hidden else {}
    return facts


def _sheet_names(parts: list[zipfile.ZipInfo], file: BinaryIO) -> dict[str, str]:
    """Name of each sheet → its part."""
    texts = {part.filename: b"".join(_unpacked(part, file)) for part in parts if part.filename in SMALL_PARTS}
    homes = {}
    for element in RELATION.findall(texts.get("xl/_rels/workbook.xml.rels", b"")):
        traits = dict(TRAIT.findall(element))
        homes[traits.get(b"Id")] = traits.get(b"Target", b"").decode().removeprefix("/xl/").removeprefix("xl/")
    names = {}
    for element in SHEET.findall(texts.get("xl/workbook.xml", b"")):
        traits = dict(TRAIT.findall(element))
        names[unescape(traits.get(b"name", b"").decode())] = "xl/" + homes.get(traits.get(b"id"), "")
    return names


def _scanned(part: zipfile.ZipInfo, file: BinaryIO, scan: SheetScan | None) -> int:
    """Look through one part; number of shared strings begun in it."""
    before, items = b"", 0
    for chunk in _unpacked(part, file):
        window = before + chunk
        if b"<!" in window and UNSAFE.search(window):
            raise DataProblem(Problem.XML_ENTITIES)
        if scan is not None:
            scan.take(window, len(before))
        elif b"<sst" in chunk or items:
            items += 1 + chunk.count(b"<si>") + chunk.count(b"<si ") + chunk.count(b":si>")
        before = window[-OVERLAP:]
    return items


def _ensure_count_possible(part: zipfile.ZipInfo, file: BinaryIO, items: int) -> None:
    """A parser reserves room for as many strings as are announced."""
    head = next(_unpacked(part, file), b"")
    announced = max((int(count) for count in UNIQUE_COUNT.findall(head[:4096])), default=0)
    if announced > max(1000, part.file_size) or (announced > 1_000_000 and announced > 20 * max(items, 1)):
        raise DataProblem(Problem.DAMAGED, kind="Excel")


def _unpacked(part: zipfile.ZipInfo, file: BinaryIO) -> Iterator[bytes]:
    """Content of a part, piece by piece, and never more of it than it announces."""
    file.seek(part.header_offset)
    header = file.read(30)
    name_length, extra_length = struct.unpack_from("<HH", header, 26)
    file.seek(part.header_offset + 30 + name_length + extra_length)
    left, total = part.compress_size, 0
    inflate = zlib.decompressobj(-15) if part.compress_type == zipfile.ZIP_DEFLATED else None
    if inflate is None and part.compress_type != zipfile.ZIP_STORED:
        raise DataProblem(Problem.DAMAGED, kind="Excel")
    while left > 0:
        packed = file.read(min(CHUNK, left))
        if not packed:
            raise DataProblem(Problem.DAMAGED, kind="Excel")
        left -= len(packed)
        while packed:
            piece = packed if inflate is None else inflate.decompress(packed, CHUNK)
            packed = b"" if inflate is None else inflate.unconsumed_tail
            total += len(piece)
            if total > part.file_size:
                raise DataProblem(Problem.DAMAGED, kind="Excel")
            if piece:
                yield piece
