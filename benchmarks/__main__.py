"""The figures the app is held to, one table after the other: ``python -m benchmarks [FILE …]``."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

TABLES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Opening", ("-m", "benchmarks.opening")),
    ("Reading a file", ("-m", "benchmarks.read_files")),
    ("Unclean files", ("-m", "benchmarks.polluted", "--step", "10")),
    ("Damaged files", ("-m", "benchmarks.mutations", "1000")),
    ("Orders to customers", ("-m", "benchmarks.metrics", "--lines", "1M")),
    ("What to do", ("-m", "benchmarks.strategy", "5k", "100k")),
    ("Intervals and powers", ("-m", "benchmarks.coverage", "--simulations", "200")),
    ("The live studio", ("-m", "benchmarks.studio", "10k", "100k")),
)


def main(files: Sequence[str]) -> int:
    """Run each benchmark in a process of its own; answers the number that failed."""
    failed = 0
    for title, command in TABLES:
        print(f"\n{title}\n{'-' * len(title)}", flush=True)
        extra = files if "benchmarks.opening" in command else ()
        failed += subprocess.run([sys.executable, *command, *extra], check=False).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
