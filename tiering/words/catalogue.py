"""Look-up of a text by key in one language, with its facts filled in and numbers in the locale's form."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, localcontext
from functools import cache
from itertools import pairwise
from math import isfinite
from numbers import Integral, Real
from pathlib import Path
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal

from tiering.words.locale import LANGUAGES, Language, Locale, locale_of

OWN_TEXT = "indicator.own:"
MINUS = "−"
_HARMLESS = str.maketrans("[]<>`$:*~\\{}", "［］＜＞｀＄：＊～＼｛｝")
MISSING = "–"
FOUR_FIGURES = 999.5  # from here on whole units, grouped, are exact enough
MOST_FIGURES = 400  # every float can be written out


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """All texts: dotted key → {"zh": …, "en": …, "en_one": … where English has a form of its own for 1}."""
    texts: dict[str, dict[str, str]] = {}
    for path in sorted(Path(__file__).parent.glob("*.toml")):
        _collect(tomllib.loads(path.read_text(encoding="utf-8")), "", texts)
    return texts


def _collect(node: dict[str, Any], prefix: str, texts: dict[str, dict[str, str]]) -> None:
    if any(isinstance(node.get(language), str) for language in LANGUAGES):
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
        if key.startswith(OWN_TEXT):
            return self._own(key)
        entry = catalogue()[key]
        form = self._plural(facts["n"]) if "n" in facts else "other"
        template = entry.get(f"{self.language}_{form}", entry[self.language])
        return template.format(**{name: self._shown(fact) for name, fact in facts.items()}) if facts else template

    def has(self, key: str) -> bool:
        """Whether there is a text of ``key``."""
        return key in catalogue() or key.startswith(OWN_TEXT)

    def number(self, value: float, digits: int = 0) -> str:
        """``-1234.5`` → ``−1,234.5``: grouped, with exactly ``digits`` decimals, halves away from 0.

        What rounds to 0 has no sign; no number is a dash.
        """
        return self._signed(value, "", "#,##0" + ("." + "0" * digits if digits else ""))

    def percent(self, share: float, digits: int = 0) -> str:
        """``0.184`` → ``18%``."""
        return self.number(share * 100, digits) + ("%" if isfinite(share) else "")

    def money(self, amount: float, currency: str = "") -> str:
        """Three significant figures with 万/亿 or K/M/B behind, below these grouped: for cards and sentences."""
        if not isfinite(amount):
            return MISSING
        size, unit, digits = _unit_of(abs(amount), self.locale)
        return self._signed(amount / size, currency, "#,##0." + ("0" if unit else "#") * digits) + unit

    def moneys(self, amounts: Sequence[float | None], currency: str = "") -> list[str]:
        """Amounts that stand below or beside one another, in one unit with the same decimals; "" where there is none.

        Examples
        --------
        >>> Words("zh").moneys([19_989, 3_548, 448])
        ['19,989', '3,548', '448']
        >>> Words("zh").moneys([19_989, 21_988])
        ['2.00万', '2.20万']
        """
        sizes = sorted(abs(amount) for amount in amounts if amount and isfinite(amount))
        size, unit, digits = _unit_of(sizes[0], self.locale) if sizes else (1.0, "", 0)
        digits = 0 if sizes and sizes[-1] / size >= FOUR_FIGURES else digits
        pattern = "#,##0" + ("." + "0" * digits if digits else "")

        def said(amount: float | None) -> str:
            if amount is None:
                return ""
            plain = not amount or not isfinite(amount)
            return self.money(amount, currency) if plain else self._signed(amount / size, currency, pattern) + unit

        return [said(amount) for amount in amounts]

    def money_exact(self, amount: float, currency: str = "") -> str:
        """Grouped to the cent: for tables and hints."""
        return self._signed(amount, currency, "#,##0.00")

    def day(self, day: date) -> str:
        """``2026-09-30`` → ``2026年9月30日`` or ``30 Sept 2026``."""
        return format_date(day, format=self.locale.day, locale=self.locale.babel)

    def listed(self, names: Iterable[str]) -> str:
        """Names in a row, with the language's comma: ``a、b`` or ``a, b``."""
        return self.locale.comma.join(names)

    def sentences(self, said: Iterable[str]) -> str:
        """Whole sentences one after the other, parted as the language does."""
        return self.locale.between_sentences.join(said)

    def _own(self, key: str) -> str:
        """Label and hint of an indicator the user made: the name of its column, unable to pass for Markdown."""
        column, _, text = key.removeprefix(OWN_TEXT).rpartition(".")
        name = column.translate(_HARMLESS)
        return name if text == "label" else self("indicator.own.hint", column=name)

    @property
    def locale(self) -> Locale:
        """How the language writes numbers, days and sentences."""
        return locale_of(self.language)

    def _plural(self, number: object) -> str:
        if not isinstance(number, Real) or not float(number).is_integer():
            return "other"
        return self.locale.plural(int(float(number)))

    def _shown(self, fact: object) -> object:
        if isinstance(fact, date):
            return self.day(fact)
        return self.number(int(fact)) if isinstance(fact, Integral) and not isinstance(fact, bool) else fact

    def _signed(self, value: float, currency: str, pattern: str) -> str:
        if not isfinite(value):
            return MISSING
        with localcontext() as context:
            context.rounding = ROUND_HALF_UP
            context.prec = MOST_FIGURES
            figure = format_decimal(abs(value), format=pattern, locale=self.locale.babel)
        return (MINUS if value < 0 and figure.strip("0.,") else "") + currency + figure


def _unit_of(amount: float, locale: Locale) -> tuple[float, str, int]:
    """Size and name of the unit in which an amount is said (9,999.6 万 is 1 亿), and the decimals for three figures."""
    for (size, unit), (larger, _) in pairwise(locale.units):
        lead = amount / size
        digits = 0 if lead >= 99.95 else 1 if lead >= 9.995 else 2  # 99.96 is said as 100
        if round(lead, digits) * size < larger:
            return size, unit, digits
    raise AssertionError("no amount is infinite")
