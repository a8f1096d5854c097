"""How much room texts take on paper and on slides."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tiering.report.safe import cell_text
from tiering.report.story import Table

LONGEST_TEXT = 600
POINT = 1 / 72
PADDING = 0.2
WIDEST = 120.0

_WIDE = re.compile("[\u2e80-\uffff]")


def shown(text: str) -> str:
    """Text in one line, without what the file forbids, cut where it would fill the slide."""
    line = " ".join(cell_text(text).split())
    return line if len(line) <= LONGEST_TEXT else line[: LONGEST_TEXT - 1] + "…"


def brief(text: str, most: float) -> str:
    """Text in one line, cut with a mark where it is wider than ``most`` units of its size."""
    line = shown(text)
    if text_width(line) <= most:
        return line
    while line and text_width(line) > most - 1:
        line = line[:-1]
    return line + "…"


def column_widths(table: Table, width: float, size: int) -> list[float]:
    """Width in inches of each column: its longest word at least, the rest shared out by its longest text."""
    least = least_widths(table, size)
    wanted = [min(max(map(text_width, column)), WIDEST) for column in _columns(table)]
    room = max(width - sum(least), 0.0)
    widths = [low + room * part / sum(wanted) for low, part in zip(least, wanted, strict=True)]
    return [width * part / sum(widths) for part in widths]


def least_widths(table: Table, size: int) -> list[float]:
    """Width in inches below which a column would have to break a word."""
    return [max(map(_longest_word, column)) * size * POINT + PADDING for column in _columns(table)]


def _columns(table: Table) -> list[list[str]]:
    lines = (table.headers, *table.rows)
    return [[shown(line[column]) for line in lines] for column in range(len(table.headers))]


def _longest_word(text: str) -> float:
    """Width of what cannot be broken; wide characters can be, but not between the first four."""
    return max([min(text_width(text), 4.0), *map(text_width, _WIDE.sub(" ", text).split())]) + 0.5


def lines_needed(lines: Sequence[str], width: float, size: float) -> int:
    """Lines the texts take in ``width`` inches; wide characters count whole, others a little over half."""
    per_line = max(width * 72 / size, 1)
    return sum(max(1, -(-int(text_width(line) * 100) // int(per_line * 100))) for line in lines)


def text_width(text: str) -> float:
    """Width of a text in units of its size."""
    return sum(1.0 if ord(letter) > 0x2E7F else 0.54 for letter in text)
