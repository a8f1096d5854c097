"""What the top tiers have in common against the rest: the description of whom to look for."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.views.dimensions import Dimension

LEAST_TOP = 5
STANDS_OUT = 2.0
# What can be known of a company before it buys.
OUTSIDE = ("industry", "size", "region", "city", "decision_chain")
Flags = NDArray[np.bool_]


def traits(sides: Mapping[str, Dimension], is_top: Flags) -> pd.DataFrame:
    """Sides of n customers and who is on top → one row per class, what marks the top most first.

    Columns: ``side``, ``code``, ``top_share`` and ``rest_share`` (0..1 of those of whom the side is known),
    ``lift`` (their ratio, infinite where nobody of the rest has it), ``z`` (difference in standard errors),
    ``customers`` of the class on top. Classes that nobody on top has are left out.
    """
    found = [row for key, side in sides.items() for row in _classes(key, side, is_top)]
    columns = ["side", "code", "top_share", "rest_share", "lift", "z", "customers"]
    return pd.DataFrame(found, columns=columns).sort_values("z", ascending=False, kind="stable", ignore_index=True)


def marks(found: pd.DataFrame) -> pd.DataFrame:
    """The traits that stand out: at least five customers, two standard errors above the rest."""
    return found[(found["z"] >= STANDS_OUT) & (found["customers"] >= LEAST_TOP)].reset_index(drop=True)


def likeness(sides: Mapping[str, Dimension], marked: pd.DataFrame) -> NDArray[np.int64]:
    """How many sides of each customer (n,) are of a class that marks the top."""
    size = next(iter(sides.values())).codes.size
    count = np.zeros(size, dtype=np.int64)
    for key, classes in marked.groupby("side")["code"]:
        count += np.isin(sides[str(key)].codes, classes.to_numpy())
    return count


def _classes(key: str, side: Dimension, is_top: Flags) -> list[tuple[str, int, float, float, float, float, int]]:
    known, classes = side.codes >= 0, len(side.classes)
    top = np.bincount(side.codes[known & is_top], minlength=classes)
    rest = np.bincount(side.codes[known & ~is_top], minlength=classes)
    if not top.sum() or not rest.sum():
        return []
    top_share, rest_share = top / top.sum(), rest / rest.sum()
    pooled = (top + rest) / (top.sum() + rest.sum())
    error = np.sqrt(pooled * (1 - pooled) * (1 / top.sum() + 1 / rest.sum()))
    z = np.divide(top_share - rest_share, error, out=np.zeros(classes), where=error > 0)
    lift = np.divide(top_share, rest_share, out=np.full(classes, np.inf), where=rest_share > 0)
    return [
        (
            key,
            int(code),
            float(top_share[code]),
            float(rest_share[code]),
            float(lift[code]),
            float(z[code]),
            int(top[code]),
        )
        for code in np.flatnonzero(top)
    ]
