"""What the studio compares with, and what it needs to count tiers by itself while a line is dragged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, cast

import numpy as np

from tiering.evaluate import Tiering
from tiering.said.decided_by import moved_by
from tiering.said.labels import customer_label
from tiering.tiers.score import MILLI, UNSCORED
from tiering.tiers.totals import Movers as Moved
from tiering.tiers.totals import Shift, TierTotals, line_shifts, movers, score_bins, tier_totals
from tiering.ui.studio.payload import Baseline, BaselineTier, Move, MoverSummary, Near, Path
from tiering.views.existing_tier import ExistingTiers, movers_from_existing, tiers_before
from tiering.words import Words

TOP_MOVERS = 5


def pinned(baseline: Tiering) -> Baseline:
    """The scheme that was pinned, with its lines."""
    lines = [position / MILLI for position in baseline.positions]
    tiers = _held(baseline.scenario.tiers, baseline.totals)
    return {"name": baseline.scenario.name, "lines": lines, "tiers": tiers}


def of_file(in_file: ExistingTiers, tiering: Tiering, words: Words) -> Baseline:
    """The tiers of the file: they have no lines."""
    names = tiering.scenario.tiers
    totals = tier_totals(tiers_before(in_file, tiering), tiering.base.revenue, len(names))
    return {"name": words("existing.before"), "lines": [], "tiers": _held(names, totals)}


def words_of_baseline(in_file: ExistingTiers | None, words: Words) -> dict[str, str]:
    """Texts of the studio that differ where it compares with the tiers of the file."""
    if in_file is None:
        return {}
    return {"movers.title": words("existing.studio_title"), "card.change": words("existing.studio_change")}


def movers_from(baseline: Tiering, tiering: Tiering, words: Words) -> MoverSummary | None:
    """None where the tiers have other names than the baseline's: then nobody can be said to move up or down."""
    if tiering.scenario.tiers != baseline.scenario.tiers:
        return None
    if tiering.scenario == baseline.scenario:
        return {"up": 0, "down": 0, "revenue": 0.0, "top": []}
    moved = movers(baseline.tiers, tiering.tiers, tiering.base.revenue)
    names = [*tiering.scenario.tiers, words("tier.unscored")]
    reasons = [moved_by(tiering, baseline, int(row), words) for row in moved.rows[:TOP_MOVERS]]
    return _told(moved, tiering, names, reasons)


def movers_of_file(in_file: ExistingTiers, tiering: Tiering, words: Words) -> MoverSummary:
    """Who stands elsewhere than in the file; what decided their tier there nobody knows."""
    moved = movers_from_existing(in_file, tiering)
    names = [*tiering.scenario.tiers, words("tier.unscored")]
    return _told(moved, tiering, names, [""] * TOP_MOVERS)


def _told(moved: Moved, tiering: Tiering, names: Sequence[str], reasons: Sequence[str]) -> MoverSummary:
    top: list[Move] = []
    for row, was, now, reason in zip(moved.rows[:TOP_MOVERS], moved.before, moved.after, reasons, strict=False):
        move = {**near(tiering, int(row)), "from": names[was], "to": names[now], "reason": reason}
        top.append(cast(Move, move))
    return {"up": moved.up, "down": moved.down, "revenue": moved.revenue, "top": top}


def near(tiering: Tiering, row: int) -> Near:
    """A customer with score and annual revenue."""
    customers = tiering.base.customers
    return {
        "id": str(customers["customer_id"].iloc[row]),
        "name": customer_label(customers, row),
        "score": int(tiering.scores.milli[row]) / MILLI,
        "revenue": float(tiering.base.revenue[row]),
    }


def _held(names: Sequence[str], totals: TierTotals) -> list[BaselineTier]:
    return [
        {"name": name, "customers": int(totals.customers[place]), "revenue": float(totals.revenue[place])}
        for place, name in enumerate(names)
    ]


def shares_above(tiering: Tiering) -> list[float]:
    """Cumulative share on or above each line, of revenue where lines are drawn by it, else of customers."""
    by_revenue = tiering.scenario.line_kind == "revenue"
    totals = tier_totals(tiering.base_tiers, tiering.base.revenue, len(tiering.scenario.tiers))
    held = totals.revenue if by_revenue else totals.customers.astype(np.float64)
    total = held[:-1].sum()
    lines = len(tiering.positions)
    return (np.cumsum(held[:-2]) / total).tolist()[:lines] if total > 0 else [0.0] * lines


def line_mode(tiering: Tiering) -> Literal["score", "share", "revenue"]:
    """What a line that was dragged is kept as; lines drawn in another way become lines by score."""
    cuts = tiering.scenario.cuts
    return cuts.kind if cuts is not None and tiering.scenario.way is None else "score"


def tier_stacks(tiering: Tiering) -> list[list[int]]:
    """Where no line by score parts the tiers: customers of each tier by tenth of a point, bins as in ``counts``."""
    if tiering.positions:
        return []
    milli, revenue = tiering.scores.milli, tiering.base.revenue
    members = (tiering.tiers == tier for tier in range(len(tiering.scenario.tiers)))
    return [score_bins(milli[rows], revenue[rows])[0].tolist() for rows in members]


def customers_above(tiering: Tiering) -> list[int]:
    """Customers on or above each line, before any rule."""
    return [int((tiering.scores.milli >= position).sum()) for position in tiering.positions]


def studio_paths(tiering: Tiering) -> list[Path]:
    """Whom rules and decisions by hand take elsewhere, by tenth of a point; none where the lines alone decide."""
    if tiering.adjustments is None:
        return []
    milli, revenue = tiering.scores.milli, tiering.base.revenue
    paths: list[Path] = []
    for final, rows in tiering.adjustments.paths:
        counts, money = score_bins(milli[rows], revenue[rows])
        filled = np.flatnonzero(counts)
        unscored = rows[milli[rows] == UNSCORED]
        paths.append(
            {
                "tiers": final.tolist(),
                "bins": [(int(bin), int(counts[bin]), round(float(money[bin]), 2)) for bin in filled],
                "unscored": (int(unscored.size), float(revenue[unscored].sum())),
            }
        )
    return paths


def changing_shifts(tiering: Tiering) -> tuple[Shift, ...]:
    """What a line moved by one percent would change in the end, rules and decisions by hand considered."""
    final = None if tiering.adjustments is None else tiering.adjustments.final
    return line_shifts(tiering.scores.milli, tiering.base.revenue, tiering.positions, final)
