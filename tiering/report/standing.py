"""How provisional a tier is, in words: behind the tier's name, and as a column of its own."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.evaluate import Tiering, tier_names
from tiering.tiers.provisional import standing_names
from tiering.words import Words

Rows = NDArray[np.intp]


def tier_texts(tiering: Tiering, words: Words, rows: Rows | None = None) -> NDArray[np.object_]:
    """Tier of each customer (n,) or of ``rows`` as people read it: "A", "A (provisional)", "too new to tier"."""
    names, kinds = tier_names(tiering), standing_names(tiering)
    if rows is not None:
        names, kinds = names[rows], kinds[rows]
    texts = np.where(names == "", words("tier.unscored"), names).astype(object)
    texts[(kinds == "too_new") & (names == "")] = words("standing.too_new")
    marked = (kinds == "provisional") & (names != "")
    texts[marked] = [words("standing.marked", tier=name) for name in names[marked]]
    return texts


def standing_said(listed: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Tiered customers with the machine names of ``standing`` in words; a history read as it is stays empty."""
    said = {kind: words(f"standing.{kind}") for kind in ("yearly", "provisional", "too_new")}
    return listed.assign(standing=listed["standing"].map(said).fillna("").astype(object))
