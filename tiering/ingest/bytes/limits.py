"""How much a file may ask of this machine before it is refused."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

MEBIBYTE = 1024 * 1024
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WRITTEN_BASE, WRITTEN_FACTOR = 4_096 * MEBIBYTE, 8
OLD_BASE, OLD_FACTOR = 448 * MEBIBYTE, 100


@dataclass(frozen=True)
class Limits:
    """Bounds of one reading; sizes in bytes unless the name says otherwise.

    ``seconds`` is what the smallest file gets; ``seconds_per_mebibyte`` comes on top by file size.
    """

    file_bytes: int = 500 * MEBIBYTE
    columns: int = 1_000
    rows: int = 50_000_000
    cell_characters: int = 32_767
    line_bytes: int = 4 * MEBIBYTE
    workbook_parts: int = 2_000
    unpacked_bytes: int = 1_536 * MEBIBYTE
    unpacked_ratio: int = 200
    cells: int = 20_000_000
    span_cells: int = 40_000_000
    memory_bytes: int = 2_048 * MEBIBYTE
    seconds: float = 8.0
    seconds_per_mebibyte: float = 1.0

    def seconds_for(self, size: int) -> float:
        """Processor seconds granted to a file of ``size`` bytes."""
        return self.seconds + self.seconds_per_mebibyte * size / MEBIBYTE

    def memory_for(self, path: Path) -> int:
        """Memory granted to the parser of a file: an old .xls that wants much more than its size is damaged."""
        with path.open("rb") as file:
            old = file.read(len(OLD_WORKBOOK)) == OLD_WORKBOOK
        return min(self.memory_bytes, OLD_BASE + OLD_FACTOR * path.stat().st_size) if old else self.memory_bytes

    def written_for(self, size: int) -> int:
        """Bytes that one file may get on disk while a file of ``size`` bytes is read."""
        return WRITTEN_BASE + WRITTEN_FACTOR * size

    def as_facts(self) -> dict[str, float]:
        """Plain mapping, for the way into the worker."""
        return asdict(self)
