"""Items whose place by revenue is far from their place by margin."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tiering.views.abc import A, abc_bands


def rank_flips(sales: pd.DataFrame, limits: tuple[float, float] = (0.8, 0.95)) -> pd.DataFrame:
    """``item``, ``revenue``, ``margin`` per item → those in A by one of the two and not by the other.

    Adds ``revenue_rank``, ``margin_rank`` (1 the biggest; equals share the best place) and ``margin_rate``; the
    biggest difference of places first. Items without a known margin are left out.
    """
    known = sales[sales["margin"].notna()].reset_index(drop=True)
    in_revenue = abc_bands(known["revenue"].to_numpy(), limits) == A
    in_margin = abc_bands(known["margin"].to_numpy(), limits) == A
    ranked = known.assign(
        revenue_rank=known["revenue"].rank(ascending=False, method="min").astype(int),
        margin_rank=known["margin"].rank(ascending=False, method="min").astype(int),
        margin_rate=known["margin"] / known["revenue"].where(known["revenue"] > 0),
    )
    flips = ranked[in_revenue != in_margin]
    distance = (flips["revenue_rank"] - flips["margin_rank"]).abs().to_numpy()
    return flips.iloc[np.argsort(-distance, kind="stable")].reset_index(drop=True)
