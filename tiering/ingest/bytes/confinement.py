"""The bounds a reading process sets itself, and the exit status by which it says what of this computer failed it."""

from __future__ import annotations

import errno
import sys

from tiering.problems import Problem

OPEN_FILES = 256
STATUS = {Problem.DISK_FULL: 71, Problem.NO_ACCESS: 72, Problem.NO_MEMORY: 73, Problem.TOO_BIG_UNPACKED: 74}
_FAILED = {
    errno.ENOSPC: Problem.DISK_FULL,
    getattr(errno, "EDQUOT", errno.ENOSPC): Problem.DISK_FULL,
    errno.EFBIG: Problem.TOO_BIG_UNPACKED,
    errno.EACCES: Problem.NO_ACCESS,
    errno.EPERM: Problem.NO_ACCESS,
    errno.ENOMEM: Problem.NO_MEMORY,
}


def confine(memory: int, seconds: float, written: int) -> None:
    """Bound the memory, the processor time and the files written (bytes each) of this process, as the system can.

    Linux bounds memory, processor time (counted from now), and the size and number of files. macOS bounds the same,
    but memory only by address space; Windows has no such bounds. Everywhere the process that waits watches memory and
    processor time besides.
    """
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    end = int(used.ru_utime + used.ru_stime + seconds) + 1
    kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    for limit, soft, hard in (
        (kind, memory, memory),
        (resource.RLIMIT_CPU, end, end + 1),
        (resource.RLIMIT_FSIZE, written, written),
        (resource.RLIMIT_NOFILE, OPEN_FILES, OPEN_FILES),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        try:
            resource.setrlimit(limit, (soft, hard))
        except (ValueError, OSError):
            continue


def problem_of(error: OSError) -> Problem | None:
    """What of the computer an error tells of; None where it tells of something else."""
    return _FAILED.get(error.errno or 0)
