"""Goods that come back and credit notes for poor service, as lines of their own with negative quantities."""

from __future__ import annotations

import numpy as np

from sample_data.generator.lines import CREDIT_NOTE, RETURN, Lines
from sample_data.generator.market import DAYS

LARGEST_SPARED = 0.97


def draw_returns(rng: np.random.Generator, lines: Lines, share: float) -> Lines:
    """Send a share of the lines back within some weeks, in full or in part; a third are credited in money only."""
    amount = lines.amount
    common = amount <= np.quantile(amount, LARGEST_SPARED)
    chance = np.where(common, share, share / 3)
    sold = lines.at((rng.random(len(amount)) < chance) & (lines.day < DAYS - 45))
    back = np.maximum(1, np.round(sold.quantity * np.minimum(1.0, 0.25 + rng.random(len(sold.day))))).astype(np.int64)
    day = sold.day + rng.integers(4, 45, len(sold.day))
    credited = rng.random(len(sold.day)) < 0.33
    credit = np.round(sold.amount * (0.05 + 0.15 * rng.random(len(sold.day)))).astype(np.int64)
    return Lines(
        customer=sold.customer,
        day=day,
        order=np.arange(len(day)),
        product=sold.product,
        quantity=np.where(credited, -1, -back),
        unit_price=np.where(credited, credit, sold.unit_price),
        unit_cost=np.where(credited, 0, sold.unit_cost),
        kind=np.where(credited, CREDIT_NOTE, RETURN),
    )
