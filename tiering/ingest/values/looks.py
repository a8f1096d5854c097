"""What one cell looks like at first sight, for telling headers from rows and dialects from each other."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from tiering.ingest.values.dates import date_text
from tiering.ingest.values.numbers import is_absent, number_text

Look = Literal["blank", "number", "date", "text"]


@lru_cache(maxsize=65_536)
def looks(cell: str) -> Look:
    """First impression of a cell; digits alone count as a number.

    Examples
    --------
    >>> looks("2023年5月1日"), looks("￥3,000"), looks("上海恒信"), looks(" ")
    ('date', 'number', 'text', 'blank')
    """
    stripped = cell.strip()
    if not stripped:
        return "blank"
    number = number_text(stripped)
    if number is not None and not number.loose and number.spelled is None:
        return "number"
    if date_text(stripped) is not None:
        return "date"
    return "blank" if is_absent(stripped) else "text"
