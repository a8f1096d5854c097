"""Traditional characters brought to their simplified forms, for comparing words and names."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

_SAME_WORD = {"帐": "账", "帳": "账"}  # two spellings of "account" that people mix


def simplified(text: str) -> str:
    """The text in simplified characters, for comparison only: never for display.

    >>> simplified("臺灣電機股份有限公司")
    '台湾电机股份有限公司'
    """
    return text if text.isascii() else text.translate(_table())


@cache
def _table() -> dict[int, str]:
    pairs = tomllib.loads((Path(__file__).parent / "traditional.toml").read_text(encoding="utf-8"))
    return str.maketrans(dict(zip(pairs["traditional"], pairs["simplified"], strict=True)) | _SAME_WORD)
