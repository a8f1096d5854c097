"""The words by which headers, totals and footers are recognised, and how column names are cleaned and told apart."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
WORD = re.compile(r"[a-zäöüßéèàáíóúñç]+|[^\W\d_a-zA-Z]+|%")
COUNTS = frozenset({("no", "of"), ("nr", "of"), ("number", "of")})
MEASURES = frozenset(
    {"amount", "price", "quantity", "share", "date"}
)  # none of them where a header ends in "no" or "code"
LATIN = re.compile(r"[ -~À-ÿ]+")
UNNAMED = re.compile(r"unnamed: ?\d+(?:_level_\d+)?", re.IGNORECASE)


@cache
def vocabulary() -> dict[str, Any]:
    """The word lists as written in the file beside this module."""
    return tomllib.loads((Path(__file__).parent / "vocabulary.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=4096)
def header_roles(header: str) -> frozenset[str]:
    """What a header says its column is: ``amount``, ``price``, ``quantity``, ``date``, ``id``, ``name`` ….

    Examples
    --------
    >>> sorted(header_roles("CustomerID"))
    ['id', 'name']
    >>> sorted(header_roles("订单金额"))
    ['amount']
    """
    shown = unicodedata.normalize("NFKC", header).strip()
    words = [word for part in CAMEL.split(shown) for word in WORD.findall(part.lower())]
    phrase = shown.lower()
    lists = vocabulary()["header"].items()
    words = ["quantity" if pair in COUNTS else pair[0] for pair in pairwise([*words, ""])]
    roles = frozenset(role for role, entry in lists if _says(entry, phrase, words))
    return roles - MEASURES if words and words[-1] in vocabulary()["header"]["id"]["words"] else roles


def _says(entry: dict[str, list[str]], phrase: str, words: list[str]) -> bool:
    misleads = phrase.endswith(tuple(entry.get("not_endings", ())))
    if not misleads and any(phrase.endswith(ending) for ending in entry["endings"] if len(phrase) <= 24):
        return True
    return any(word in words if LATIN.fullmatch(word) else word in phrase for word in entry["words"])


def is_footer_word(cell: str) -> bool:
    """Whether a cell begins like a note under a table."""
    plain = unicodedata.normalize("NFKC", cell).strip().lower()
    return plain.startswith(tuple(vocabulary()["rows"]["footer"]))


def is_company(cell: str) -> bool:
    """Whether a cell ends like a company's name."""
    plain = cell.strip().lower()
    return len(plain) >= 4 and plain.endswith(tuple(vocabulary()["company"]["endings"]))


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
