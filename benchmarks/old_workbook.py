"""The smallest workbook of the old binary kind (.xls) that holds a table: words and numbers, one sheet."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

SECTOR = 512
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SMALLEST_STREAM = 4096  # shorter streams would be kept elsewhere
NOBODY = 0xFFFFFFFF


def old_workbook(rows: Sequence[Sequence[str | float]], sheet: str = "Sheet1") -> bytes:
    """Bytes of an .xls with the rows on its one sheet.

    References
    ----------
    Microsoft [MS-XLS] 2.4 (records of BIFF8) and [MS-CFB] 2.2 to 2.6 (the file around them).
    """
    name = _words(sheet, "<BB")
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6))
    end = _record(0x000A, b"")
    first = len(start) + len(_record(0x0085, struct.pack("<IBB", 0, 0, 0) + name)) + len(end)
    bound = _record(0x0085, struct.pack("<IBB", first, 0, 0) + name)
    page = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
    return compound_file(start + bound + end + page + b"".join(_cells(rows)) + end)


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _words(text: str, form: str) -> bytes:
    return struct.pack(form, len(text), 1) + text.encode("utf-16-le")


def _cells(rows: Sequence[Sequence[str | float]]) -> Iterator[bytes]:
    for down, row in enumerate(rows):
        for right, cell in enumerate(row):
            place = struct.pack("<HHH", down, right, 0)
            if isinstance(cell, str):
                yield _record(0x0204, place + _words(cell, "<HB"))
            else:
                yield _record(0x0203, place + struct.pack("<d", cell))


def compound_file(stream: bytes, name: str = "Workbook") -> bytes:
    """One stream in a compound file: header, sector table, directory, then the stream."""
    stream = stream.ljust(max(SMALLEST_STREAM, -(-len(stream) // SECTOR) * SECTOR), b"\0")
    count = len(stream) // SECTOR
    if count > SECTOR // 4 - 2:
        raise ValueError("one sector of the table holds 126 sectors of cells at most")
    chain = [TABLE, END, *range(3, count + 2), END]
    table = struct.pack("<128I", *chain, *[FREE] * (128 - len(chain)))
    folder = _entry("Root Entry", 5, (1, END, 0)) + _entry(name, 2, (NOBODY, 2, len(stream)))
    return _head() + table + folder.ljust(SECTOR, b"\0") + stream


def _head() -> bytes:
    magic = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    shape = struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, SMALLEST_STREAM, END, 0, END, 0)
    return magic + shape + struct.pack("<109I", 0, *[FREE] * 108)


def _entry(name: str, kind: int, place: tuple[int, int, int]) -> bytes:
    child, first, size = place
    letters = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<HBBIII", len(letters), kind, 1, NOBODY, NOBODY, child)
    return letters.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", first, size)
