"""Customers by name: the top tier, and who moved."""

from __future__ import annotations

import numpy as np

from tiering.evaluate import Tiering, scores_in_points, tier_names
from tiering.report.customer_names import customer_labels
from tiering.report.handout import Handout
from tiering.report.story.parts import Part, Table
from tiering.tiers.movers import movers

MOST_ROWS = 12


def top_part(handout: Handout) -> Part | None:
    """The biggest customers of the highest tier that has any."""
    words, tiering = handout.words, handout.tiering
    taken = np.flatnonzero(tiering.totals.customers[:-1])
    if not taken.size:
        return None
    tier = int(taken[0])
    rows = np.flatnonzero(tiering.tiers == tier)[:MOST_ROWS]
    customers = tiering.base.customers.iloc[rows]
    points = scores_in_points(tiering)[rows]
    columns = [
        customer_labels(customers),
        [words.money(r, handout.dataset.currency) for r in tiering.base.revenue[rows]],
    ]
    headers = [words("segments.name"), words("customer.revenue")]
    if np.isfinite(points).any():
        headers.append(words("customer.score"))
        columns.append([words.number(point, 1) for point in points])
    if "recency_days" in customers:
        headers.append(words("field.recency_days.label"))
        columns.append([words.number(days) for days in customers["recency_days"]])
    count = int(tiering.totals.customers[tier])
    return Part(
        words("story.top.title", tier=tiering.scenario.tiers[tier], n=count),
        table=Table(tuple(headers), tuple(zip(*columns, strict=True)), (False, *(True for _ in headers[1:]))),
        note=words("story.top.more", n=count - len(rows)) if count > len(rows) else "",
    )


def movement_part(handout: Handout) -> Part | None:
    """Who stands in another tier than in the baseline, biggest revenue first; nothing without a baseline."""
    if handout.baseline is None:
        return None
    words, tiering, baseline = handout.words, handout.tiering, handout.baseline
    moved = movers(baseline.tiers, tiering.tiers, tiering.base.revenue)
    if not moved.rows.size:
        return Part(words("story.movement.none"))
    return Part(
        words(
            "story.movement.title",
            up=moved.up,
            down=moved.down,
            revenue=words.money(moved.revenue, handout.dataset.currency),
        ),
        table=_moved_table(handout, tiering, baseline, moved.rows[:MOST_ROWS]),
        note=words("story.top.more", n=moved.rows.size - MOST_ROWS) if moved.rows.size > MOST_ROWS else "",
    )


def _moved_table(handout: Handout, tiering: Tiering, baseline: Tiering, rows: np.ndarray) -> Table:
    words, unscored = handout.words, handout.words("tier.unscored")
    columns = (
        customer_labels(tiering.base.customers.iloc[rows]),
        [name or unscored for name in tier_names(baseline)[rows]],
        [name or unscored for name in tier_names(tiering)[rows]],
        [words.money(revenue, handout.dataset.currency) for revenue in tiering.base.revenue[rows]],
    )
    headers = (words("segments.name"), words("column.before"), words("column.after"), words("customer.revenue"))
    return Table(headers, tuple(zip(*columns, strict=True)), (False, False, False, True), tiers=2)
