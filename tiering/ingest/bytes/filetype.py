"""What a file is, told from its bytes; names and extensions are not believed."""

from __future__ import annotations

import re
from typing import Literal

from tiering.ingest.bytes.encoding_choice import zero_bytes_of

FileType = Literal["text", "workbook", "xls", "parquet", "html", "encrypted", "refused", "binary"]

MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"Rar!", "RAR"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"SQLite format 3\x00", "SQLite"),
    (b"ARROW1", "Arrow"),
    (b"ORC", "ORC"),
    (b"Obj\x01", "Avro"),
)
IMAGES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"\x00\x00\x01\x00", "ICO"),
    (b"RIFF", "RIFF"),
    (b"\x7fELF", "ELF"),
    (b"MZ", "EXE"),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PICKLE = re.compile(rb"\x80[\x02-\x05](?:\x95|[}\](cX\x8c])")


def file_type(head: bytes, tail: bytes = b"") -> tuple[FileType, str]:
    """Type of a file by its first and last bytes, and its name where it is refused.

    Examples
    --------
    >>> file_type(b"%PDF-1.7")
    ('refused', 'PDF')
    >>> file_type("客户,金额".encode("gb18030"))
    ('text', '')
    """
    if head.startswith(b"PAR1"):
        return ("parquet", "Parquet") if tail.endswith(b"PAR1") or len(tail) < 4 else ("parquet", "cut")
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return "workbook", "ZIP"
    if head.startswith(OLE):
        return "xls", ""
    for magic, name in MAGIC:
        if head.startswith(magic):
            return "refused", name
    if PICKLE.match(head):
        return "refused", "pickle"
    return _by_sight(head)


def _by_sight(head: bytes) -> tuple[FileType, str]:
    image = next((name for magic, name in IMAGES if head.startswith(magic)), "")
    if image and not _is_readable(head):
        return "binary", image
    plain = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if plain[:1] in {b"{", b"["} and re.match(rb"""\{\s*(?:"|\})|\[\s*(?:[{\["\]]|-?\d)""", plain) and _is_json(plain):
        return "refused", "JSON"
    lower = plain[:2048].lower()
    if re.match(rb"<!doctype html|<html|<table|<head|<meta|<style|<div", lower):
        return "html", "HTML"
    if lower.startswith(b"<?xml"):
        return (
            ("html", "XML")
            if b"<table" in lower or b"urn:schemas-microsoft-com:office:spreadsheet" in lower
            else ("refused", "XML")
        )
    return ("text", "") if _is_readable(head) or _is_wide(head) else ("binary", "")


def _is_json(plain: bytes) -> bool:
    """Brackets and colons of JSON rather than a cell in square brackets."""
    line = plain[:4096]
    return bool(re.search(rb'"\s*:|\}\s*[,\]]|^\[\s*[\]\[]|^\[[^\]]*,[^\]]*\]\s*$', line)) or plain.rstrip().endswith(
        (b"}", b"]")
    )


def _is_readable(head: bytes) -> bool:
    """Few control characters, as text has."""
    sample = head[:8192]
    controls = sum(byte < 9 or 13 < byte < 32 for byte in sample)
    return controls <= max(1, len(sample) // 50) or (len(sample) < 400 and controls <= 4)


def _is_wide(head: bytes) -> bool:
    """UTF-16 or UTF-32: a mark, or zero bytes on one side of each pair."""
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return True
    return zero_bytes_of(head[:4096]) is not None
