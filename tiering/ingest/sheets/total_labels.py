"""The words by which a row says that it sums up, averages or counts the rows above it."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

Label = Literal["sure", "doubtful", "statistic", "part"]
LONGEST = 40
_AROUND = r"[\s:：*=\-—()（）\[\]]*"
_GAP = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")


@lru_cache(maxsize=16_384)
def total_label(cell: str) -> Label | None:
    """What kind of label a cell is: ``sure``, ``doubtful``, a ``statistic``, or ``part`` of a longer text.

    >>> [total_label(cell) for cell in ("合 计：", "Total", "平均", "North Total", "Nord")]
    ['sure', 'doubtful', 'statistic', 'part', None]
    """
    plain = unicodedata.normalize("NFKC", cell).strip().strip(":：*= -—()[]").lower()
    if not plain or len(plain) > LONGEST:
        return None
    compact = _GAP.sub("", plain)
    lists = _lists()
    kinds: tuple[Label, ...] = ("sure", "doubtful", "statistic")
    whole = next((kind for kind in kinds if compact in lists[kind]), None)
    is_part = compact.endswith(tuple(lists["endings"])) or compact.startswith(tuple(lists["beginnings"]))
    return whole or ("part" if is_part else None)


def is_total_word(cell: str) -> bool:
    """Whether a cell is the label of a total or subtotal line, for certain or by its look."""
    return total_label(cell) in ("sure", "doubtful", "part")


@cache
def likely_label() -> str:
    """Pattern that every label matches, to find the few cells worth a look among many."""
    lists = _lists()
    whole = "|".join(_spaced(word) for kind in ("sure", "doubtful", "statistic") for word in sorted(lists[kind]))
    ends, starts = ("|".join(_spaced(word) for word in sorted(lists[kind])) for kind in ("endings", "beginnings"))
    return f"(?i)^{_AROUND}(?:(?:{whole})|.*(?:{ends})|(?:{starts}).*){_AROUND}$"


def _spaced(word: str) -> str:
    """A word in whose letters of scripts without spaces there may be some."""
    return re.escape(word) if word.isascii() else r"\s*".join(re.escape(sign) for sign in word)


@cache
def _lists() -> dict[str, frozenset[str]]:
    lists = tomllib.loads((Path(__file__).parent / "total_labels.toml").read_text(encoding="utf-8"))
    return {kind: frozenset(word.lower() for word in words) for kind, words in lists.items()}
