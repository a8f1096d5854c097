"""The words by which headers, totals and footers are recognised."""

from __future__ import annotations

import re
import tomllib
import unicodedata
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
