"""Look-up of a text by key in one language, with its facts filled in and numbers in the locale's form."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from babel.dates import format_date
from babel.numbers import format_compact_decimal, format_decimal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
LOCALES: dict[Language, str] = {"zh": "zh_Hans_CN", "en": "en_GB"}


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """All texts: dotted key → {"zh": …, "en": …, "en_one": … where English needs a singular}."""
    texts: dict[str, dict[str, str]] = {}
    for path in sorted(Path(__file__).parent.glob("*.toml")):
        _collect(tomllib.loads(path.read_text(encoding="utf-8")), "", texts)
    return texts


def _collect(node: dict[str, Any], prefix: str, texts: dict[str, dict[str, str]]) -> None:
    if "zh" in node and isinstance(node["zh"], str):
        texts[prefix] = node
        return
    for name, child in node.items():
        _collect(child, f"{prefix}.{name}" if prefix else name, texts)


@dataclass(frozen=True)
class Words:
    """The texts and number forms of one language.

    Examples
    --------
    >>> Words("en")("tiers.card.customers", n=1)
    '1 customer'
    >>> Words("zh").money(192_000_000, "¥")
    '¥1.92亿'
    """

    language: Language

    def __call__(self, key: str, **facts: object) -> str:
        """Text of ``key`` with ``facts`` filled in; numbers given as int are grouped by locale.

        Raises
        ------
        KeyError
            When the catalogue has no such key: a missing word is a defect, never an empty label.
        """
        entry = catalogue()[key]
        singular = self.language == "en" and facts.get("n") == 1
        template = entry["en_one"] if singular and "en_one" in entry else entry[self.language]
        return template.format(**{name: self._shown(fact) for name, fact in facts.items()}) if facts else template

    def has(self, key: str) -> bool:
        """Whether the catalogue holds ``key``."""
        return key in catalogue()

    def number(self, value: float, digits: int = 0) -> str:
        """``1234.5`` → ``1,234.5``: grouped, with exactly ``digits`` decimals."""
        return format_decimal(value, format="#,##0" + ("." + "0" * digits if digits else ""), locale=self._locale)

    def percent(self, share: float, digits: int = 0) -> str:
        """``0.184`` → ``18%``."""
        return self.number(share * 100, digits) + "%"

    def money(self, amount: float, currency: str = "") -> str:
        """Three significant figures with 万/亿 or K/M/B behind: for cards and sentences."""
        figure = format_compact_decimal(
            abs(amount), fraction_digits=_compact_digits(abs(amount), self.language), locale=self._locale
        )
        return ("−" if amount < 0 else "") + currency + figure

    def money_exact(self, amount: float, currency: str = "") -> str:
        """Grouped to the cent: for tables and hints."""
        return ("−" if amount < 0 else "") + currency + self.number(abs(amount), 2)

    def day(self, day: date) -> str:
        """``2026-09-30`` → ``2026年9月30日`` or ``30 Sept 2026``."""
        return format_date(day, format="medium" if self.language == "en" else "long", locale=self._locale)

    @property
    def _locale(self) -> str:
        return LOCALES[self.language]

    def _shown(self, fact: object) -> object:
        if isinstance(fact, bool) or not isinstance(fact, int | date):
            return fact
        return self.number(fact) if isinstance(fact, int) else self.day(fact)


def _compact_digits(amount: float, language: Language) -> int:
    """Decimals that leave three significant figures before the unit word."""
    steps = (1e8, 1e4) if language == "zh" else (1e9, 1e6, 1e3)
    unit = next((step for step in steps if amount >= step), 1.0)
    lead = amount / unit
    return 0 if lead >= 100 or (unit == 1.0 and lead >= 10) else 1 if lead >= 10 else 2
