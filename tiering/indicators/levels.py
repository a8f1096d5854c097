"""Ordered words as numbers: credit grades and company sizes, worst to best."""

from __future__ import annotations

import numpy as np
import pandas as pd

CREDIT_GRADES: tuple[str, ...] = ("D", "C", "CC", "CCC", "B", "BB", "BBB", "A", "AA", "AAA")
SIZE_WORDS: tuple[tuple[str, ...], ...] = (
    ("micro", "微型", "微型企业"),
    ("small", "小型", "小型企业", "小", "s"),
    ("medium", "中型", "中型企业", "中", "m", "mid-size"),
    ("large", "大型", "大型企业", "大", "l", "enterprise"),
)

_CREDIT = {grade.lower(): float(level) for level, grade in enumerate(CREDIT_GRADES)}
_SIZE = {word: float(level) for level, words in enumerate(SIZE_WORDS) for word in words}
ORDERED_COLUMNS: dict[str, dict[str, float]] = {"credit": _CREDIT, "size": _SIZE}


def ordered_level(words: pd.Series, key: str) -> pd.Series:
    """Column of words → column of levels 0, 1, 2 … (worst to best); numbers stay, unknown words are missing."""
    if pd.api.types.is_numeric_dtype(words):
        return words.astype("float64")
    codes, distinct = pd.factorize(words)
    levels = [ORDERED_COLUMNS[key].get(str(word).strip().lower(), np.nan) for word in distinct]
    return pd.Series(np.array([*levels, np.nan])[codes], index=words.index)
