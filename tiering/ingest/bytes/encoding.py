"""Bytes of a text file → UTF-8, with the lines that cannot be read apart; the encoding is argued for, not guessed."""

from __future__ import annotations

import codecs
import mmap
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tiering.ingest.bytes.encoding_choice import bom_of, most_plausible, score, zero_bytes_of

CHUNK = 1 << 24
SAMPLE = 1 << 16
DROPPED = bytes({*range(9), 0x0B, 0x0C, *range(0x0E, 0x20)})
HARMLESS = bytes(set(range(256)) - set(DROPPED))
SURE_ALONE = 0.55  # one line is little to go by
LOST = "?"  # holds the place of a line that is no text


@dataclass(frozen=True)
class Decoded:
    """UTF-8 text without byte-order mark and control characters.

    ``broken`` maps physical lines (1-based) that are no text to the reason and what can be shown of them;
    ``rivals`` are encodings nearly as plausible, best first, where one has to ask.
    """

    text: Any
    encoding: str
    broken: dict[int, tuple[str, str]] = field(default_factory=dict)
    repaired: tuple[tuple[int, str], ...] = ()
    controls: bool = False
    rivals: tuple[str, ...] = ()


def decode_file(path: Path, scratch: Path, choice: str | None = None) -> Decoded:
    """Text of a file; what has to be rewritten goes to ``scratch`` so that memory stays flat.

    Parameters
    ----------
    choice
        Encoding somebody chose; nothing is argued then.
    """
    source = mapped(path)
    encoding, skip = (choice, 0) if choice else bom_of(source[:4])
    encoding = encoding or zero_bytes_of(source[:SAMPLE])
    if encoding in {None, "utf-8"}:
        plain = _as_utf8(source, skip, scratch)
        if plain is not None:
            return plain
    rivals: tuple[str, ...] = ()
    if encoding in {None, "utf-8"}:
        encoding, rivals = most_plausible(_foreign_sample(source))
    return _rewritten(source[skip:] if skip else source, encoding or "cp1252", scratch, rivals)


def mapped(path: Path) -> Any:
    """The file's bytes, mapped rather than read."""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _foreign_sample(source: Any) -> bytes:
    """The first lines that are not plain ASCII, together up to a sample's size."""
    lines, size = [], 0
    for found in re.finditer(rb"[^\r\n]*[\x80-\xff][^\r\n]*", source):
        lines.append(found[0][:4096])
        size += len(lines[-1])
        if size >= SAMPLE:
            break
    return b"\n".join(lines)


def _as_utf8(source: Any, skip: int, scratch: Path) -> Decoded | None:
    """The text if it is UTF-8, single lines excepted; None where it is something else."""
    if _is_utf8(source, skip):
        return _cleaned(source, skip, "utf-8", scratch)
    bad = _lines_not_utf8(source, skip)
    return None if bad is None else _mended(source, skip, bad, scratch)


def _is_utf8(source: Any, skip: int) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for first in range(skip, len(source), CHUNK):
            chunk, last = source[first : first + CHUNK], first + CHUNK >= len(source)
            if decoder.getstate()[0] or not chunk.isascii():
                decoder.decode(chunk, final=last)
    except UnicodeDecodeError:
        return False
    return True


def _lines_not_utf8(source: Any, skip: int) -> dict[int, tuple[int, int]] | None:
    """Physical lines that break an otherwise UTF-8 text → their bounds; None where they are not exceptions."""
    bad: dict[int, tuple[int, int]] = {}
    foreign, number = 0, 0
    for start, end in _line_bounds(source, skip):
        number += 1
        line = source[start:end]
        if line.isascii():
            continue
        foreign += 1
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            bad[number] = (start, end)
            if len(bad) > 20 and len(bad) * 5 > foreign:
                return None
    return bad if len(bad) * 5 <= foreign or (len(bad) == 1 and foreign > 1) else None


def _line_bounds(source: Any, first: int) -> Iterator[tuple[int, int]]:
    size = len(source)
    newline = b"\n" if source.find(b"\n", first) >= 0 else b"\r"
    while first < size:
        end = source.find(newline, first)
        end = size if end < 0 else end + 1
        yield first, end
        first = end


def _mended(source: Any, skip: int, bad: dict[int, tuple[int, int]], scratch: Path) -> Decoded:
    """UTF-8 with single lines read in another encoding, or emptied and listed where none is plausible."""
    broken: dict[int, tuple[str, str]] = {}
    repaired: list[tuple[int, str]] = []
    pieces, last = [], skip
    for number, (start, end) in bad.items():
        pieces.append(source[last:start])
        line, last = source[start:end], end
        text, reason = _read_alone(line, end == len(source))
        if text is None:
            broken[number] = (reason, line.decode("utf-8", errors="replace").rstrip("\r\n"))
            pieces.append(b"\n")
        else:
            repaired.append((number, reason))
            pieces.append(text.encode("utf-8"))
    pieces.append(source[last:])
    target = scratch / "mended.txt"
    target.write_bytes(b"".join(pieces))
    clean = _cleaned(mapped(target), 0, "utf-8", scratch)
    return Decoded(clean.text, "utf-8", broken, tuple(repaired), clean.controls)


def _read_alone(line: bytes, last: bool) -> tuple[str | None, str]:
    """Text and encoding of one foreign line, or None and the reason it is set aside."""
    if last and not line.endswith((b"\n", b"\r")):
        try:
            codecs.getincrementaldecoder("utf-8")().decode(line, final=False)
        except UnicodeDecodeError:
            pass
        else:
            return None, "truncated"
    encoding, rivals = most_plausible(line)
    if rivals or score(line, encoding) < SURE_ALONE:
        return None, "encoding"
    try:
        return line.decode(encoding), encoding
    except UnicodeDecodeError:
        return None, "encoding"


def _rewritten(source: Any, encoding: str, scratch: Path, rivals: tuple[str, ...]) -> Decoded:
    """The whole text turned into UTF-8 in ``scratch``, chunk by chunk."""
    broken: dict[int, tuple[str, str]] = {}
    target, number = scratch / "utf8.txt", 1
    with target.open("wb") as file:
        for chunk, last in _whole_lines(source, encoding):
            text = _decode_chunk(chunk, encoding, (number, last), broken)
            number += text.count("\n") or text.count("\r")
            file.write(text.encode("utf-8"))
    if not target.stat().st_size:
        return Decoded(b"", encoding, broken, rivals=rivals)
    clean = _cleaned(mapped(target), 0, encoding, scratch)
    return Decoded(clean.text, encoding, broken, controls=clean.controls, rivals=rivals)


def _whole_lines(source: Any, encoding: str) -> Iterator[tuple[bytes, bool]]:
    """Chunks that end with a line break, and whether it is the last."""
    newline = "\n".encode(encoding)
    first, size = 0, len(source)
    while first < size:
        last = min(first + CHUNK, size)
        if last < size:
            cut = _aligned(source, newline, first, last)
            last = cut if cut > first else size
        yield source[first:last], last == size
        first = last


def _aligned(source: Any, newline: bytes, first: int, last: int) -> int:
    """End of the last line break that lies on a character border."""
    at = source.rfind(newline, first, last)
    while at >= 0 and (at - first) % len(newline):
        at = source.rfind(newline, first, at + len(newline) - 1)
    return at + len(newline) if at >= 0 else first


def _decode_chunk(chunk: bytes, encoding: str, place: tuple[int, bool], broken: dict[int, tuple[str, str]]) -> str:
    try:
        return chunk.decode(encoding)
    except UnicodeDecodeError:
        pass
    number, last = place
    if encoding.startswith("utf-16") or encoding.startswith("utf-32"):
        text = chunk.decode(encoding, errors="replace")
        for offset, line in enumerate(text.split("\n")):
            if "\ufffd" in line:
                broken[number + offset] = ("truncated" if last and offset == text.count("\n") else "encoding", line)
        return text
    newline = "\n" if b"\n" in chunk else "\r"
    lines = chunk.split(newline.encode())
    return "\n".join(
        _decode_line(line, encoding, (number + offset, last and offset == len(lines) - 1), broken)
        for offset, line in enumerate(lines)
    )


def _decode_line(line: bytes, encoding: str, place: tuple[int, bool], broken: dict[int, tuple[str, str]]) -> str:
    try:
        return line.decode(encoding)
    except UnicodeDecodeError as error:
        cut = place[1] and error.end >= len(line) - 1
        broken[place[0]] = ("truncated" if cut else "encoding", line.decode(encoding, errors="replace").rstrip("\r"))
        return LOST


def _cleaned(source: Any, skip: int, encoding: str, scratch: Path) -> Decoded:
    """Text without control characters, every line break a line feed."""
    chunks = range(skip, len(source), CHUNK)
    controls = any(source[first : first + CHUNK].translate(None, HARMLESS) for first in chunks)
    returns = source.find(b"\r", skip) >= 0 and re.search(rb"\r(?!\n)", source) is not None
    if not controls and not returns:
        return Decoded(memoryview(source)[skip:] if skip else source, encoding)
    target = scratch / "cleaned.txt"
    with target.open("wb") as file:
        for first in range(skip, len(source), CHUNK):
            chunk = (
                source[first : first + CHUNK].translate(None, DROPPED) if controls else source[first : first + CHUNK]
            )
            edge = chunk.endswith(b"\r") and source[first + CHUNK : first + CHUNK + 1] == b"\n"
            chunk = re.sub(rb"\r(?!\n)", b"\n", chunk[:-1] if edge else chunk) + (b"\r" if edge else b"")
            file.write(chunk)
    return Decoded(mapped(target), encoding, controls=controls)
