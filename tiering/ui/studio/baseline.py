"""What the studio compares with: the pinned scheme, or the tiers of the file where the scenario says so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from tiering.evaluate import Tiering
from tiering.said.labels import customer_label
from tiering.said.moved_by import moved_by
from tiering.tiers.movers import Movers as Moved
from tiering.tiers.movers import movers
from tiering.tiers.score import MILLI
from tiering.tiers.totals import TierTotals, tier_totals
from tiering.ui.studio.payload import Baseline, BaselineTier, Move, Movers, Near
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


def movers_from(baseline: Tiering, tiering: Tiering, words: Words) -> Movers | None:
    """None where the tiers have other names than the baseline's: then nobody can be said to move up or down."""
    if tiering.scenario.tiers != baseline.scenario.tiers:
        return None
    if tiering.scenario == baseline.scenario:
        return {"up": 0, "down": 0, "revenue": 0.0, "top": []}
    moved = movers(baseline.tiers, tiering.tiers, tiering.base.revenue)
    names = [*tiering.scenario.tiers, words("tier.unscored")]
    reasons = [moved_by(tiering, baseline, int(row), words) for row in moved.rows[:TOP_MOVERS]]
    return _told(moved, tiering, names, reasons)


def movers_of_file(in_file: ExistingTiers, tiering: Tiering, words: Words) -> Movers:
    """Who stands elsewhere than in the file; what decided their tier there nobody knows."""
    moved = movers_from_existing(in_file, tiering)
    names = [*tiering.scenario.tiers, words("tier.unscored")]
    return _told(moved, tiering, names, [""] * TOP_MOVERS)


def _told(moved: Moved, tiering: Tiering, names: Sequence[str], reasons: Sequence[str]) -> Movers:
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
