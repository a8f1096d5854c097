"""The table of threats names tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
TABLE = (ROOT / "docs" / "safety.md").read_text(encoding="utf-8")


def test_every_threat_has_its_row():
    assert re.findall(r"^\| (T\d+) \|", TABLE, re.MULTILINE) == [f"T{number}" for number in range(1, 19)]


def test_every_test_the_table_names_is_there():
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", TABLE)
    assert len(named) >= 18
    missing = [
        f"{path}::{name}"
        for path, name in named
        if not (ROOT / path).is_file() or (name and f"def {name}(" not in (ROOT / path).read_text(encoding="utf-8"))
    ]
    assert missing == []
