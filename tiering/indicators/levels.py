"""Ordered words as numbers: grades, sizes and ready classes, worst to best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

CREDIT_GRADES: tuple[str, ...] = ("D", "C", "CC", "CCC", "B", "BB", "BBB", "A", "AA", "AAA")
SIZE_WORDS: tuple[tuple[str, ...], ...] = (
    ("micro", "微型", "微型企业"),
    ("small", "小型", "小型企业", "小", "s"),
    ("medium", "中型", "中型企业", "中", "m", "mid-size"),
    ("large", "大型", "大型企业", "大", "l", "enterprise"),
)
GRADE_WORDS: tuple[tuple[str, ...], ...] = (
    ("very low", "very poor", "很低", "极低", "很差", "极差"),
    ("low", "poor", "weak", "bad", "低", "较低", "差", "较差", "弱", "落后"),
    ("medium", "average", "fair", "normal", "moderate", "中", "中等", "一般", "普通", "正常"),
    ("high", "good", "strong", "高", "较高", "好", "较好", "良好", "良", "强", "领先"),
    ("very high", "very good", "excellent", "leader", "很高", "极高", "很好", "优秀", "优", "很强", "龙头"),
)
ACTIVITY_WORDS: tuple[tuple[str, ...], ...] = (
    ("inactive", "dormant", "不活跃", "沉睡", "休眠"),
    ("potential", "潜在", "潜力", "潜在客户", "潜力客户"),
    ("active", "活跃", "活跃客户"),
    ("loyal", "忠诚", "忠实", "忠诚客户", "忠实客户"),
)
LOYALTY_WORDS: tuple[tuple[str, ...], ...] = (
    ("lost", "churned", "流失", "已流失", "流失客户"),
    ("dissatisfied", "unsatisfied", "不满意", "不满意客户"),
    ("satisfied", "满意", "满意客户"),
    ("loyal", "忠诚", "忠实", "忠诚客户", "忠实客户"),
)
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


ORDERED_COLUMNS: dict[str, dict[str, float]] = {
    "credit": _numbered([[grade] for grade in CREDIT_GRADES]),
    "size": _numbered(SIZE_WORDS),
    "activity_class": _numbered(ACTIVITY_WORDS),
    "loyalty_class": _numbered(LOYALTY_WORDS),
    **dict.fromkeys(GRADED, _numbered(GRADE_WORDS)),
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
