"""Words that files use for classes, stages and kinds, from the list beside this module."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def class_words(group: str) -> dict[str, tuple[str, ...]]:
    """Words of each meaning of a group, in the order of the list.

    Raises
    ------
    KeyError
        When there is no such group.
    """
    return {meaning: tuple(words) for meaning, words in _groups()[group].items()}


@cache
def _groups() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((Path(__file__).parent / "class_words.toml").read_text(encoding="utf-8"))
