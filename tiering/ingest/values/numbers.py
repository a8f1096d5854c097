"""Numbers as people write them: currency signs, 万 and 亿, brackets, percent, grouping and decimal marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Literal

Mark = Literal[".", ","]

FACTORS = {
    "": Decimal(1),
    "千": Decimal(10) ** 3,
    "万": Decimal(10) ** 4,
    "萬": Decimal(10) ** 4,
    "百万": Decimal(10) ** 6,
    "千万": Decimal(10) ** 7,
    "亿": Decimal(10) ** 8,
    "億": Decimal(10) ** 8,
    "万亿": Decimal(10) ** 12,
}
ABSENT = frozenset(
    {"", "-", "--", "—", "——", "/", "n/a", "na", "nan", "null", "none", "nil", "#n/a", "无", "空", "暂无"}
)
MONEY_SIGN = r"(?:US\$|HK\$|NT\$|[¥$€£₩]|RMB|CNY|USD|EUR|GBP|HKD|JPY|人民币)"
SHAPE = re.compile(
    rf"(?P<open>\()?\s*(?P<sign>[+-])?\s*(?P<currency>{MONEY_SIGN})?\s*(?P<sign_inside>[+-])?\s*"
    r"(?P<core>\d[\d.,']*|[.,]\d+)(?P<exponent>[eE][+-]?\d{1,3})?\s*"
    r"(?P<unit>万亿|百万|千万|亿|億|万|萬|千)?\s*"
    rf"(?P<currency_behind>元整?|圆|块|{MONEY_SIGN})?\s*(?P<percent>%)?(?P<trailing>-)?\s*(?P<close>\))?",
    re.IGNORECASE,
)
SPACE_GROUPS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
CORES = {
    ".": re.compile(
        r"\d+(\.\d+)?|\d+\.|\.\d+|\d{1,3}(,\d{3})+(\.\d+)?|\d{1,3}('\d{3})+(\.\d+)?|\d{1,2}(,\d{2})+,\d{3}(\.\d+)?"
    ),
    ",": re.compile(r"\d+(,\d+)?|,\d+|\d{1,3}(\.\d{3})+(,\d+)?|\d{1,3}('\d{3})+(,\d+)?"),
}


@dataclass(frozen=True)
class NumberText:
    """A number as written, taken apart; the marks in ``core`` are still to be read."""

    core: str
    negative: bool
    factor: Decimal
    currency: str
    percent: bool


@lru_cache(maxsize=65_536)
def number_text(cell: str) -> NumberText | None:
    """Take a cell apart; None where it is not written as one number.

    Examples
    --------
    >>> number_text("(￥1,234.50)").negative
    True
    >>> number_text("面议3000") is None
    True
    """
    if len(cell) > 64:
        return None
    plain = unicodedata.normalize("NFKC", cell).replace("−", "-").replace("’", "'").strip()
    found = SHAPE.fullmatch(SPACE_GROUPS.sub("", plain))
    if found is None or bool(found["open"]) != bool(found["close"]):
        return None
    minus = [part for part in (found["sign"], found["sign_inside"], found["trailing"]) if part]
    if len(minus) > 1 or (found["open"] and minus):
        return None
    factor = FACTORS[found["unit"] or ""] * Decimal(f"1{found['exponent']}" if found["exponent"] else 1)
    currency = _currency(found["currency"] or found["currency_behind"] or "")
    return NumberText(found["core"], bool(found["open"]) or minus == ["-"], factor, currency, bool(found["percent"]))


def _currency(sign: str) -> str:
    return "¥" if sign in {"元", "元整", "圆", "块", "RMB", "CNY", "人民币"} else sign.upper()


def is_absent(cell: str) -> bool:
    """Whether a cell of a number or date column says "nothing here"."""
    return cell.strip().lower() in ABSENT


def number_value(text: NumberText, mark: Mark) -> Decimal | None:
    """Value of a number with ``mark`` as its decimal mark; None where it cannot be read so.

    Examples
    --------
    >>> number_value(number_text("1.234,5"), ",")
    Decimal('1234.5')
    >>> number_value(number_text("1.234,5"), ".") is None
    True
    """
    if not CORES[mark].fullmatch(text.core):
        return None
    group = "," if mark == "." else "."
    digits = text.core.replace(group, "").replace("'", "").replace(",", ".")
    try:
        value = Decimal(digits) * text.factor
    except InvalidOperation:
        return None
    if text.percent:
        value = value / 100
    return -value if text.negative and value else value


def mark_evidence(core: str) -> Mark | Literal["dot3", "comma3"] | None:
    """What one number says about the decimal mark: a mark, "dot3"/"comma3" for 1.234 and 1,234, None for nothing."""
    dots, commas = core.count("."), core.count(",")
    if dots and commas:
        return "." if core.rindex(".") > core.rindex(",") else ","
    if not dots and not commas:
        return None
    mark: Mark = "." if dots else ","
    if max(dots, commas) > 1:
        return "," if mark == "." else "."
    whole, fraction = core.split(mark)
    if len(fraction) == 3 and 1 <= len(whole.replace("'", "")) <= 3 and not whole.startswith("0"):
        return "dot3" if mark == "." else "comma3"
    return mark


def marks_seen(cores: Iterable[str]) -> dict[str, int]:
    """Count of each piece of evidence over a column's numbers."""
    seen: dict[str, int] = {}
    for core in cores:
        evidence = mark_evidence(core)
        if evidence:
            seen[evidence] = seen.get(evidence, 0) + 1
    return seen
