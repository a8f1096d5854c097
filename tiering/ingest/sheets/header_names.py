"""Names of columns: cleaned, joined over header lines, told apart, and called by their letter where there is none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

UNNAMED = re.compile(r"unnamed: ?\d+(?:_level_\d+)?", re.IGNORECASE)


def cleaned_name(name: str) -> str:
    """Header cell without line breaks, marks and odd spaces; ``Unnamed: 0`` is no name.

    Examples
    --------
    >>> cleaned_name("　客户\\n名称 ")
    '客户 名称'
    """
    shown = unicodedata.normalize("NFC", name).replace("\ufeff", "").replace("\u200b", "")
    shown = re.sub(r"\s+", " ", "".join(" " if not char.isprintable() else char for char in shown)).strip()
    return "" if UNNAMED.fullmatch(shown) else shown


def column_letter(place: int) -> str:
    """What spreadsheets call the column at a place counted from 0.

    Examples
    --------
    >>> column_letter(0), column_letter(25), column_letter(26)
    ('A', 'Z', 'AA')
    """
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def unique_names(names: Sequence[str]) -> tuple[str, ...]:
    """Cleaned names, blank ones called by their letter, repeated ones numbered from ``_2``."""
    seen: set[str] = set()
    kept = []
    wanted = [cleaned_name(name) for name in names]
    for place, name in enumerate(wanted):
        base = name or column_letter(place)
        unique, number = base, 2
        while unique in seen or (unique != name and unique in wanted):
            unique, number = f"{base}_{number}", number + 1
        seen.add(unique)
        kept.append(unique)
    return tuple(kept)


def joined_names(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Names over one or more rows; a name over several columns holds for those that follow it."""
    names = [*rows[0], *[""] * width][:width]
    for before, row in pairwise(rows):
        upper, names, current = names, [], ""
        for place in range(width):
            below = row[place].strip() if place < len(row) and row[place] not in before[place : place + 1] else ""
            current = upper[place].strip() or (current if below else "")
            names.append(" ".join(part for part in (current, below) if part))
    return names
