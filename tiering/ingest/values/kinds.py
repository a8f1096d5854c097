"""What the values of each column are: from the values first, from the words of its header second."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tiering.ingest.reading import Kind
from tiering.ingest.sheets.vocabulary import header_roles
from tiering.ingest.values.columns import Census
from tiering.ingest.values.currencies import shown_as
from tiering.ingest.values.header_units import header_unit, title_unit
from tiering.ingest.values.numbers import NumberText

LEADING_ZERO = re.compile(r"'?0\d+")
CODE = re.compile(r"[^\s]*\d[^\s]*|[A-Z]{2,12}")
WHOLE = re.compile(r"[+-]?\d+")
LETTERS = re.compile(r"[A-Z]{1,3}")  # a column without a name is called by its letter
MOSTLY = 0.9
NEARLY_ALL = 0.97
MONEY = frozenset({"amount", "price", "estimate"})
COUNTED_BY = frozenset({"k", "w"})
NUMERIC: frozenset[Kind] = frozenset({"money", "quantity", "share"})


@dataclass(frozen=True)
class Judged:
    """Kind of one column with what speaks for it; ``unit``, ``factor`` and ``currency`` are those of the header."""

    name: str
    kind: Kind
    roles: frozenset[str]
    unit: str = ""
    factor: int = 1
    serial: bool = False
    currency: str = ""

    @property
    def numeric(self) -> bool:
        """Whether its values are calculated with."""
        return self.kind in NUMERIC

    def takes(self, number: NumberText) -> bool:
        """Whether a text that reads as a number is one here: ``5m`` among lengths and ``5%`` among money are not."""
        if number.percent and self.kind != "share" and (self.kind == "money" or "share" not in self.roles):
            return False
        return not number.loose or is_sure(number, self.roles)


def judge(name: str, values: Census) -> Judged:
    """Kind of a column."""
    roles = header_roles(name)
    unit = header_unit(name, of_money=bool(roles & MONEY))
    if not values.filled:
        return Judged(name, "text", roles)
    kind = _date_kind(values, roles) or _number_kind(name, values, roles) or _word_kind(values, roles)
    if kind not in NUMERIC:
        return Judged(name, kind, roles, serial=kind == "date" and _serials(values))
    return Judged(name, kind, roles, unit.unit or _currency(values, kind), unit.factor, currency=unit.currency)


def judge_all(names: Sequence[str], counts: Sequence[Census], titles: Sequence[str] = ()) -> list[Judged]:
    """Kinds of all columns; a unit that a line above the table names holds for amounts without one of their own."""
    columns = [judge(name, values) for name, values in zip(names, counts, strict=True)]
    unit = next((unit for unit in map(title_unit, titles) if unit.unit), None)
    if unit is None:
        return columns
    return [
        replace(one, unit=unit.unit, factor=unit.factor, currency=unit.currency)
        if one.kind == "money" and "price" not in one.roles and one.factor == 1 and not one.currency
        else one
        for one in columns
    ]


def is_sure(number: NumberText, roles: frozenset[str]) -> bool:
    """Whether a number written with letters that mean other things too is meant as one under such a header."""
    return bool(roles & MONEY) or ("quantity" in roles and number.loose in COUNTED_BY)


def judge_by_header(name: str) -> Judged:
    """Kind of a column of which nothing is known but its header."""
    roles = header_roles(name)
    kinds: tuple[tuple[str, Kind], ...] = (
        *(("id", "id"), ("date", "date"), ("amount", "money"), ("price", "money")),
        *(("quantity", "quantity"), ("share", "share"), ("name", "name")),
    )
    return Judged(name, next((kind for role, kind in kinds if role in roles), "text"), roles)


def _date_kind(values: Census, roles: frozenset[str]) -> Kind | None:
    """Dates by their form; forms that numbers share only where the header speaks of dates and not of money."""
    if "id" in roles and "date" not in roles:
        return None
    shapes = Counter(date.shape for date in values.dates)
    clear = shapes["sure"] + shapes["order"]
    hinted = clear + shapes["digits"] + shapes["month"] + shapes["hinted"]
    if values.share(hinted) >= (0.5 if "date" in roles else MOSTLY) and clear:
        return "date" if "date" in roles or values.share(clear) >= 0.3 else None
    counted = bool(roles & {"amount", "quantity", "price"})
    if "date" in roles and not counted and values.share(len(values.dates)) >= 0.6:
        return "date"
    days = [
        date for date in values.dates if date.shape == "digits" and 1950 <= date.year <= 2060 and 1 <= date.month <= 12
    ]
    if values.share(len(days)) == 1 and not counted:
        return "date"
    return "date" if values.share(shapes["month"]) >= MOSTLY else None


def _serials(values: Census) -> bool:
    return bool(values.dates) and all(date.shape == "serial" for date in values.dates)


def _number_kind(name: str, values: Census, roles: frozenset[str]) -> Kind | None:
    numbers = [(number, word) for number, word in values.numbers if not number.loose or is_sure(number, roles)]
    share = values.share(len(numbers))
    wanted = bool(roles & {"amount", "price", "quantity", "share"})
    if "id" in roles and not roles & {"amount", "quantity", "price"}:
        return "id" if share > 0.5 else None
    if share < (0.3 if roles & {"amount", "price"} and "name" not in roles else 0.8 if wanted else NEARLY_ALL):
        return None
    if _are_codes(values, wanted) or (not roles and LETTERS.fullmatch(name) and _are_running(values)):
        return "id"
    if roles & {"year"} and all(WHOLE.fullmatch(word) and 1900 <= int(word) <= 2100 for _, word in values.numbers):
        return "category"
    return _measure(values, roles)


def _are_codes(values: Census, wanted: bool) -> bool:
    """Leading zeros, more digits than anybody counts, or telephone numbers."""
    words = [word for _, word in values.numbers]
    zeros = sum(bool(LEADING_ZERO.fullmatch(word)) for word in words)
    if (
        zeros
        and (not wanted or zeros > 0.5 * len(words))
        and not (wanted and all(int(word.lstrip("'")) == 0 for word in words if LEADING_ZERO.fullmatch(word)))
    ):
        return True
    whole = [word for word in words if WHOLE.fullmatch(word)]
    if wanted or len(whole) < len(words):
        return False
    lengths = Counter(len(word) for word in whole)
    return max(lengths) > 15 or (len(lengths) == 1 and max(lengths) >= 9)


def _are_running(values: Census) -> bool:
    """Whole numbers, each larger than the one before by the same step: the numbers of the rows."""
    words = [word for _, word in values.numbers]
    if len(words) < 3 or not all(WHOLE.fullmatch(word) for word in words):
        return False
    steps = {int(after) - int(before) for before, after in pairwise(words)}
    return len(steps) == 1 and min(steps) > 0


def _measure(values: Census, roles: frozenset[str]) -> Kind:
    percent = sum(number.percent for number, _ in values.numbers)
    if percent > 0.5 * len(values.numbers) or ("share" in roles and not roles & {"amount"} and _within_one(values)):
        return "share"
    if roles & {"amount", "price"} or any(number.currency for number, _ in values.numbers):
        return "money"
    if "quantity" in roles:
        return "quantity"
    decimals = [number for number, word in values.numbers if not WHOLE.fullmatch(word)]
    return "money" if len(decimals) > 0.3 * len(values.numbers) else "quantity"


def _within_one(values: Census) -> bool:
    try:
        return all(-1 <= float(word) <= 1 for number, word in values.numbers if not number.percent)
    except ValueError:
        return False


def _currency(values: Census, kind: Kind) -> str:
    signs = Counter(number.currency for number, _ in values.numbers if number.currency)
    return shown_as(signs.most_common(1)[0][0]) if kind == "money" and signs else ""


def _word_kind(values: Census, roles: frozenset[str]) -> Kind:
    if "name" in roles and "id" not in roles and not roles & {"amount", "date"}:
        return "name"
    if "id" in roles and values.share(len(values.texts)) <= 1:
        return "id" if _code_like(values) else "name" if "name" in roles else "text"
    if values.share(values.companies) > 0.3:
        return "name"
    if _code_like(values) and values.different > 0.5 * values.rows and "other" not in roles:
        return "id"
    if values.different <= max(2, min(60, 0.3 * values.rows)):
        return "category"
    return "text"


def _code_like(values: Census) -> bool:
    """Words without spaces, of digits and letters or of a few capitals."""
    words = values.texts + [word for _, word in values.numbers]
    coded = sum(bool(CODE.fullmatch(word)) and len(word) <= 40 for word in words)
    return bool(words) and coded >= 0.7 * len(words)
