"""The hand-written tables of the sample sets: what is sold, to whom, and what it is called."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SETS = ("industrial_equipment", "saas", "internet_infrastructure")
Language = str


@cache
def words() -> dict[str, dict[str, dict[str, Any]]]:
    """Read the names shared by all sets: section → key → ``zh``, ``en`` and facts."""
    return _read("words.toml")


@cache
def market(key: str) -> dict[str, dict[str, Any]]:
    """Read what one set sells and to whom: ``set``, ``categories``, ``products``.

    Raises
    ------
    KeyError
        When there is no set of that name.
    """
    if key not in SETS:
        raise KeyError(f"no sample set {key!r}; there are {', '.join(SETS)}")
    return _read(f"{key}.toml")


@cache
def names() -> dict[str, Any]:
    """Read what company names are put together from."""
    return _read("names.toml")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))
