"""Ordered words as numbers: grades, sizes and ready classes, worst to best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from tiering.ingest.meaning.word_lists import class_words

CREDIT_GRADES: tuple[str, ...] = ("D", "C", "CC", "CCC", "B", "BB", "BBB", "A", "AA", "AAA")
GRADED: tuple[str, ...] = (
    "financial_standing",
    "feedback",
    "long_term_will",
    "industry_attractiveness",
    "strategic_value",
    "industry_standing",
    "risk_tolerance",
)


def _numbered(steps: Sequence[Sequence[str]]) -> dict[str, float]:
    return {word.lower(): float(level) for level, words in enumerate(steps) for word in words}


def _of_group(group: str) -> dict[str, float]:
    return _numbered(list(class_words(group).values()))


ORDERED_COLUMNS: dict[str, dict[str, float]] = {
    "credit": _numbered([[grade] for grade in CREDIT_GRADES]),
    "size": _of_group("size"),
    "activity_class": _of_group("activity"),
    "loyalty_class": _of_group("loyalty"),
    **dict.fromkeys(GRADED, _of_group("grade")),
}


def ordered_level(words: pd.Series, key: str) -> pd.Series:
    """Column of words → column of levels 0, 1, 2 … (worst to best); numbers stay, unknown words are missing."""
    return levels_of(words, ORDERED_COLUMNS[key])


def stated_level(words: pd.Series, order: Sequence[str]) -> pd.Series:
    """Column of words → their place in ``order`` (worst to best); what is not in it is missing."""
    return levels_of(words.astype(object), _numbered([[str(word).strip()] for word in order]))


def levels_of(words: pd.Series, levels: Mapping[str, float]) -> pd.Series:
    """Column of words → levels by the words in lower case; a column of numbers stays as it is."""
    if pd.api.types.is_numeric_dtype(words):
        return words.astype("float64")
    codes, distinct = pd.factorize(words)
    found = [levels.get(_spoken(word), np.nan) for word in distinct]
    return pd.Series(np.array([*found, np.nan])[codes], index=words.index)


def _spoken(word: object) -> str:
    """A whole number is written without decimals, as in the list of words it is looked up in."""
    text = str(int(word)) if isinstance(word, float) and word.is_integer() else str(word)
    return text.strip().lower()
