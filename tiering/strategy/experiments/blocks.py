"""Drawing customers into arms within blocks, the same for the same seed whatever the order of the rows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

LEAST_IN_ARM = 5


def drawn_arms(
    ids: Sequence[str], blocks: Sequence[str], arms: int, seed: int, held_out: float | None = None
) -> NDArray[np.intp]:
    """Arm 0 … ``arms`` − 1 of each customer, at random within its block.

    In every block, and over all of them, the arms differ by one customer at most; with ``held_out`` there are two,
    and arm 1 holds that share of the customers as nearly. The draw depends on the seed, the ids and their blocks
    alone.
    """
    table = pd.DataFrame({"id": list(ids), "block": list(blocks)})
    chance = np.random.default_rng(seed)
    order = table.sort_values(["block", "id"], kind="stable").index.to_numpy()
    shuffled = order[np.lexsort((chance.random(order.size), pd.factorize(table["block"].to_numpy()[order])[0]))]
    first = int(chance.integers(arms))
    drawn = np.empty(order.size, dtype=np.intp)
    places = np.arange(order.size)
    if held_out is None:
        drawn[shuffled] = (first + places) % arms
    else:
        shift = chance.random()
        drawn[shuffled] = np.floor(shift + (places + 1) * held_out) - np.floor(shift + places * held_out)
    return drawn


def blocks_of(tiers: Sequence[str], regions: Sequence[str] | None, held_out: float) -> list[str]:
    """Tier and region of each customer; regions too small to tell anything by themselves are one block of the tier.

    A block tells something where the smaller of its arms holds five customers.
    """
    if regions is None:
        return list(tiers)
    table = pd.DataFrame({"tier": list(tiers), "region": list(regions)})
    sizes = table.groupby(["tier", "region"])["region"].transform("size")
    large = sizes * min(held_out, 1 - held_out) >= LEAST_IN_ARM
    return [
        f"{tier} / {region}" if is_large else tier
        for tier, region, is_large in zip(table["tier"], table["region"], large, strict=True)
    ]
