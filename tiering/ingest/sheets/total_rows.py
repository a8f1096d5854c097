"""How a row says that it sums up the rows above it: by its label, and by numbers that add up."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

import numpy as np
import pyarrow as pa

from tiering.ingest.sheets.grid import Grid
from tiering.ingest.values.numbers import Mark, number_text, number_value

Label = Literal["sure", "doubtful", "statistic", "part"]
LONGEST = 40
_AROUND = r"[\s:：*=\-—()（）\[\]]*"
_GAP = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")
MOST_ROWS = 20_000  # in longer tables the label is believed
MARKS: tuple[Mark, ...] = (".", ",")
NEAR = Decimal("0.005")


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


def contradicts(grid: Grid, keep: np.ndarray, index: int) -> bool:
    """Whether a row has numbers of which none is the sum of the rows kept above it, all or the last of them."""
    above = np.flatnonzero(keep[:index])
    if not len(above) or len(above) > MOST_ROWS:
        return False
    sums = [_is_sum(column, above, column[index].as_py()) for column in grid.cells]
    told = [one for one in sums if one is not None]
    return bool(told) and not any(told)


def _is_sum(column: pa.Array, above: np.ndarray, cell: str) -> bool | None:
    """Whether a cell is the sum of those above, under either decimal mark; None where it is no number but 0."""
    texts = column.take(pa.array(above)).to_pylist()
    found = [_adds_up([_number(text, mark) for text in texts], _number(cell, mark)) for mark in MARKS]
    told = [one for one in found if one is not None]
    return any(told) if told else None


def _adds_up(above: list[Decimal | None], told: Decimal | None) -> bool | None:
    if not told:
        return None
    added = Decimal(0)
    for number in reversed(above):  # the last lines may be a group of their own
        added += number or 0
        if abs(added - told) <= NEAR:
            return True
    return False


def _number(cell: str, mark: Mark) -> Decimal | None:
    text = number_text(cell)
    return None if text is None else number_value(text, mark)
