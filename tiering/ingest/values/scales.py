"""Words of number behind a figure: 万, 亿, k, Mio., lakh; and what each multiplies by."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any


@cache
def _listed() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "scales.toml").read_text(encoding="utf-8"))


@cache
def scale_words() -> Mapping[str, Decimal]:
    """Word of number in small letters → its factor."""
    return {word: Decimal(factor) for factor, words in _listed()["words"].items() for word in words}


@cache
def scale_letters() -> Mapping[str, Decimal]:
    """Letters that mean thousands or millions where the money is certain."""
    return {letter: Decimal(int(factor)) for letter, factor in _listed()["letters"].items()}


@cache
def scale_pattern() -> str:
    """Regular expression for a word of number or such a letter; a word of letters is not the beginning of another."""
    words = sorted(scale_words(), key=len, reverse=True)
    latin = [re.escape(word) for word in words if word.isascii() or word[0] in "тм"]
    other = [re.escape(word) for word in words if not (word.isascii() or word[0] in "тм")]
    return f"(?i:{'|'.join(other)}|(?:{'|'.join([*latin, *scale_letters()])})(?![a-zа-я])|[ktm](?=eur|usd|chf|gbp))"


def scale_of(word: str, rupees: bool = False) -> Decimal | None:
    """Factor of a word of number; None for none. Before or behind rupees, Cr is crore and L is lakh.

    Examples
    --------
    >>> scale_of("Mio."), scale_of("亿"), scale_of("Cr", rupees=True)
    (Decimal('1E+6'), Decimal('1E+8'), Decimal('1E+7'))
    """
    plain = word.lower()
    if rupees and plain.rstrip(".") in {"cr", "l"}:
        return Decimal("1e7") if plain.startswith("c") else Decimal("1e5")
    return scale_words().get(plain, scale_letters().get(plain))
