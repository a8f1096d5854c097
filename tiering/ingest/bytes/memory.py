"""Memory another process holds and processor time it has used, on each system by its own means."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from pathlib import Path
from typing import Any


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
