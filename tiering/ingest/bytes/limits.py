"""How much a file may ask of this machine before it is refused, and what a process has taken of it."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

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


def resident_bytes(pid: int) -> int:
    """Private memory of a process in bytes; 0 where the system does not tell or the process is gone."""
    try:
        if sys.platform == "linux":
            pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()
            return (int(pages[1]) - int(pages[2])) * os.sysconf("SC_PAGE_SIZE")
        if sys.platform == "win32":
            return _on_windows(pid)
        shown = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=False)
        return int(shown.stdout or 0) * 1024
    except (OSError, ValueError, IndexError):
        return 0


def processor_seconds(pid: int) -> float | None:
    """Processor time of all threads of a process; None where the system does not tell or the process is gone."""
    try:
        if sys.platform == "linux":
            after_name = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
            return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")
        if sys.platform == "win32":
            return _time_on_windows(pid)
        shown = subprocess.run(["ps", "-o", "time=", "-p", str(pid)], capture_output=True, text=True, check=False)
        parts = [float(part) for part in shown.stdout.strip().replace("-", ":").split(":")]
        return sum(part * unit for part, unit in zip(reversed(parts), (1, 60, 3600, 86400), strict=False))
    except (OSError, ValueError, IndexError):
        return None


def _time_on_windows(pid: int) -> float | None:
    windows: Any = ctypes
    kernel = windows.windll.kernel32
    handle = kernel.OpenProcess(0x1000, False, pid)
    if not handle:
        return None
    ticks = [ctypes.c_ulonglong() for _ in range(4)]  # created, ended, kernel, user, in 100 ns
    kernel.GetProcessTimes(handle, *(ctypes.byref(one) for one in ticks))
    kernel.CloseHandle(handle)
    return (ticks[2].value + ticks[3].value) / 1e7


def _on_windows(pid: int) -> int:
    class Counters(ctypes.Structure):
        _fields_ = (
            ("cb", ctypes.c_ulong),
            ("PageFaultCount", ctypes.c_ulong),
            *((name, ctypes.c_size_t) for name in ("Peak", "WorkingSetSize", "a", "b", "c", "d", "PagefileUsage", "e")),
        )

    windows: Any = ctypes
    kernel = windows.windll.kernel32
    handle = kernel.OpenProcess(0x1000 | 0x0010, False, pid)
    if not handle:
        return 0
    counters = Counters(cb=ctypes.sizeof(Counters))
    windows.windll.psapi.GetProcessMemoryInfo(handle, ctypes.byref(counters), counters.cb)
    kernel.CloseHandle(handle)
    return int(counters.WorkingSetSize)
