"""Valid files damaged at random and read: ``python -m benchmarks.mutations [COUNT] [--seed N] [--with FILE …]``.

Each file is cut, shifted, overwritten or spliced in a few places; parts of workbooks also inside their zip, so that the
damage reaches the parser. The reader runs in a process under the limits of the app; the driver counts outcomes, time,
memory and the processes that ended before they answered.
"""

from __future__ import annotations

import argparse
import io
import json
import multiprocessing
import os
import random
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.old_workbook import old_workbook
from tiering.ingest.bytes.confinement import confine
from tiering.ingest.bytes.limits import Limits
from tiering.ingest.sheets.source import read_source
from tiering.problems import DataProblem

CHUNK = 250
PATIENCE = 30.0  # wall seconds without an answer, on a busy machine
SLOW = 5.0  # processor seconds
MOST_BYTES = 200_000
HEADER = ("客户编号", "客户名称", "订单金额", "下单日期")
INTEGERS = (b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\x00\x00\x00\x00", b"\x00\x00\x00\x80", b"\xff\xff", b"\x00")


def table(lines: int = 30) -> list[tuple[str, str, float, str]]:
    """Rows of the file that is damaged."""
    return [
        (f"{n % 9:05d}", f"杭州第{n % 9}贸易有限公司", 1000.25 + n, f"2024-01-{n % 28 + 1:02d}") for n in range(lines)
    ]


def valid_files() -> dict[str, bytes]:
    """The same table as CSV (two encodings), HTML, XLSX, XLS and Parquet."""
    rows = table()
    text = "".join(f"{','.join(map(str, row))}\n" for row in [HEADER, *rows])
    quoted = "".join(";".join(f'"{cell}"' for cell in row) + "\r\n" for row in [HEADER, *rows])
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in [HEADER, *rows])
    return {
        "csv": text.encode(),
        "gbk.csv": quoted.encode("gb18030"),
        "html": f"<html><meta charset='utf-8'><table>{cells}</table></html>".encode(),
        "xlsx": _workbook(rows),
        "xls": old_workbook([HEADER, *rows]),
        "parquet": _parquet(rows),
    }


def _workbook(rows: Sequence[Sequence[str | float]]) -> bytes:
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate([HEADER, *rows]):
        sheet.write_row(number, 0, row)
    book.close()
    return buffer.getvalue()


def _parquet(rows: Sequence[Sequence[str | float]]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    pq.write_table(pa.table(dict(zip(HEADER, map(list, zip(*rows, strict=True)), strict=True))), sink)
    return sink.getvalue().to_pybytes()


def mutated(content: bytes, chance: random.Random) -> bytes:
    """The file with one to four damages; of a workbook half the time inside one of its parts."""
    if content.startswith(b"PK") and chance.random() < 0.6:
        return _part_mutated(content, chance)
    for _ in range(chance.choice((1, 1, 2, 4))):
        content = chance.choice(DAMAGES)(content, chance)
    return content[:MOST_BYTES]


def _part_mutated(content: bytes, chance: random.Random) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        hit = chance.choice([name for name in names if name.startswith("xl/")])
        for name in names:
            part = old.read(name)
            new.writestr(name, chance.choice(DAMAGES)(part, chance) if name == hit else part)
    return buffer.getvalue()


def _flipped(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 3, 20))):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _span(content: bytes, chance: random.Random) -> tuple[int, int]:
    first = chance.randrange(len(content) + 1)
    return first, min(len(content), first + int(2 ** (chance.random() * 12)))


def _removed(content: bytes, chance: random.Random) -> bytes:
    first, last = _span(content, chance)
    return content[:first] + content[last:]


def _doubled(content: bytes, chance: random.Random) -> bytes:
    first, last = _span(content, chance)
    return content[:last] + content[first:last] * chance.choice((1, 2, 40)) + content[last:]


def _overwritten(content: bytes, chance: random.Random) -> bytes:
    first, _ = _span(content, chance)
    piece = chance.choice((*INTEGERS, b'"', b"\r", b"\n", b",", b"<", b"&", "，".encode(), chance.randbytes(16)))
    return content[:first] + piece + content[first + len(piece) * chance.choice((0, 1)) :]


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _moved(content: bytes, chance: random.Random) -> bytes:
    first, last = _span(content, chance)
    rest, piece = content[:first] + content[last:], content[first:last]
    place = chance.randrange(len(rest) + 1)
    return rest[:place] + piece + rest[place:]


DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    *(_flipped, _flipped, _overwritten, _overwritten),
    *(_removed, _doubled, _cut, _moved),
)


def mutation(files: dict[str, bytes], seed: int, number: int) -> tuple[str, bytes]:
    """Name of the kind and bytes of one damaged file; the same for the same seed and number."""
    kind = list(files)[number % len(files)]
    return kind, mutated(files[kind], random.Random(f"{seed}:{number}"))


@dataclass
class Findings:
    """What became of the files: outcomes, those that were slow, ended their process or raised something unforeseen."""

    outcomes: Counter[str] = field(default_factory=Counter)
    slow: list[tuple[int, float]] = field(default_factory=list)
    ended: list[tuple[int, int | None]] = field(default_factory=list)
    unforeseen: list[tuple[int, str]] = field(default_factory=list)
    slowest: float = 0.0
    peak: int = 0  # bytes, of the process with the largest
    growth: int = 0  # bytes from the 50th file of a chunk to its last, of the chunk that grew most


def run(count: int, seed: int, files: dict[str, bytes], first: int = 0) -> Findings:
    """Read ``count`` damaged files, a chunk of them in each process."""
    found, number = Findings(), first
    while number < first + count:
        number = _run_chunk(found, (number, min(number + CHUNK, first + count)), seed, files)
    return found


def _run_chunk(found: Findings, numbers: tuple[int, int], seed: int, files: dict[str, bytes]) -> int:
    """Number to go on with."""
    number, last = numbers
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_read_chunk, args=(theirs, numbers, seed, files))
    process.start()
    theirs.close()
    early = 0
    while number < last:
        try:
            if not ours.poll(PATIENCE):
                process.kill()
                raise EOFError
            answer = ours.recv()
        except EOFError:
            process.join()
            found.ended.append((number, process.exitcode))
            return number + 1
        early = answer["resident"] if number == numbers[0] + 50 else early
        _note(found, number, answer)
        found.growth = max(found.growth, answer["resident"] - early if early else 0)
        number += 1
    process.join()
    return number


def _note(found: Findings, number: int, answer: dict[str, float | str]) -> None:
    found.outcomes[str(answer["outcome"])] += 1
    seconds = float(answer["seconds"])
    found.slowest = max(found.slowest, seconds)
    found.peak = max(found.peak, int(answer["peak"]))
    if seconds > SLOW:
        found.slow.append((number, seconds))
    if answer["unforeseen"]:
        found.unforeseen.append((number, str(answer["unforeseen"])))


def _read_chunk(pipe: Connection, numbers: tuple[int, int], seed: int, files: dict[str, bytes]) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # panics tell their whole stack
    limits = Limits()
    confine(limits.memory_bytes, 3600, limits.written_for(MOST_BYTES))
    with tempfile.TemporaryDirectory() as folder:
        for number in range(*numbers):
            kind, content = mutation(files, seed, number)
            path = Path(folder) / "file"
            path.write_bytes(content)
            begun = time.process_time()
            outcome, unforeseen = _outcome(path, Path(folder), limits)
            memory = {"peak": _memory("VmHWM"), "resident": _memory("VmRSS")}
            facts = {"outcome": f"{kind} {outcome}", "unforeseen": unforeseen, **memory}
            pipe.send(facts | {"seconds": time.process_time() - begun})


def _outcome(path: Path, folder: Path, limits: Limits) -> tuple[str, str]:
    try:
        assembled, _, questions = read_source(path, folder, {}, limits, lambda share: None)
        assembled.rows.table()
    except DataProblem as problem:
        return f"error {problem.code}", ""
    except Exception as error:  # what the worker would end by
        return "unforeseen", f"{type(error).__name__}: {error}"[:200]
    except BaseException as panic:  # of the parser of workbooks; in the app its process ends and the file is damaged
        return f"ended by {type(panic).__name__}", ""
    return "asks" if questions else "loads", ""


def _memory(name: str) -> int:
    """Bytes of a line of this process's own account (VmHWM the most so far, VmRSS now), 0 where a system keeps none.

    The most that a parent has used is not in it, as it is in what the system's resource usage tells.
    """
    try:
        account = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) << 10 for line in account if line.startswith(name)), 0)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what became of the files; answers 1 where one hung or raised something unforeseen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--with", dest="more", nargs="*", type=Path, default=[])
    given = parser.parse_args(arguments)
    files = valid_files() | {path.name: path.read_bytes() for path in given.more}
    begun = time.monotonic()
    found = run(given.count, given.seed, files, given.first)
    print(json.dumps(dict(sorted(found.outcomes.items())), indent=1))
    print(f"{given.count} files in {time.monotonic() - begun:.0f} s; slowest {found.slowest:.2f} s of processor time")
    print(f"peak {found.peak >> 20} MiB; growth within a chunk {found.growth >> 20} MiB; slow {found.slow}")
    print(f"processes ended by their parser {found.ended}; unforeseen {found.unforeseen}")
    return 1 if found.slow or found.unforeseen else 0


if __name__ == "__main__":
    sys.exit(main())
