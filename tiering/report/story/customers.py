"""Customers by name: the top tier, and who moved."""

from __future__ import annotations

import numpy as np

from tiering.evaluate import scores_in_points, tier_names
from tiering.report.handout import Handout
from tiering.report.story.parts import Part, Table
from tiering.report.story.worth import has_revenue
from tiering.said.labels import customer_labels
from tiering.said.standing import marked_labels
from tiering.said.tier_rows import knows_revenue
from tiering.tiers.movers import movers

MOST_ROWS = 12


def top_part(handout: Handout) -> Part | None:
    """The biggest customers of the highest tier that has any; by score where the data tells no revenue."""
    words, tiering = handout.words, handout.tiering
    taken = np.flatnonzero(tiering.totals.customers[:-1])
    if not taken.size:
        return None
    tier = int(taken[0])
    rows = np.flatnonzero(tiering.tiers == tier)
    if not has_revenue(tiering):
        rows = rows[np.argsort(-tiering.scores.milli[rows].astype(np.int64), kind="stable")]
    rows = rows[:MOST_ROWS]
    customers = tiering.base.customers.iloc[rows]
    points = scores_in_points(tiering)[rows]
    headers, columns = [words("segments.name")], [marked_labels(customer_labels(customers), tiering, words, rows)]
    if has_revenue(tiering):
        headers.append(words("customer.revenue"))
        columns.append(words.moneys(tiering.base.revenue[rows].tolist(), handout.dataset.currency))
    if np.isfinite(points).any():
        headers.append(words("customer.score"))
        columns.append([words.number(point, 1) for point in points])
    if "recency_days" in customers:
        headers.append(words("field.recency_days.label"))
        columns.append([words.number(days) for days in customers["recency_days"]])
    count = int(tiering.totals.customers[tier])
    table = Table(
        tuple(headers),
        tuple(zip(*columns, strict=True)),
        (False, *(True for _ in headers[1:])),
        others=count - len(rows),
        said="story.top.more",
    )
    title = words("story.top.title", tier=tiering.scenario.tiers[tier], n=count)
    return Part(title, table=table, note=table.note(words))


def movement_part(handout: Handout) -> Part | None:
    """Who stands in another tier than in the baseline, biggest revenue first; nothing without a baseline."""
    if handout.baseline is None:
        return None
    words, tiering, baseline = handout.words, handout.tiering, handout.baseline
    moved = movers(baseline.tiers, tiering.tiers, tiering.base.revenue)
    if not moved.rows.size:
        return Part(words("story.movement.none"), (words("story.movement.same", n=len(tiering.tiers)),))
    title = words("story.movement.title", up=moved.up, down=moved.down)
    if knows_revenue(tiering):
        title += words("story.movement.money", revenue=words.money(moved.revenue, handout.dataset.currency))
    table = moves_table(handout, tier_names(baseline), moved.rows, words("column.before"))
    return Part(title, table=table, note=table.note(words))


def moves_table(handout: Handout, before: np.ndarray, rows: np.ndarray, header: str) -> Table:
    """The first of the customers in ``rows``: tier before (under ``header``), tier now and any revenue."""
    words, tiering, unscored = handout.words, handout.tiering, handout.words("tier.unscored")
    named = rows[:MOST_ROWS]
    columns = [
        marked_labels(customer_labels(tiering.base.customers.iloc[named]), tiering, words, named),
        [name or unscored for name in before[named]],
        [name or unscored for name in tier_names(tiering)[named]],
    ]
    headers = [words("segments.name"), header, words("column.after")]
    if knows_revenue(tiering):
        columns.append(words.moneys(tiering.base.revenue[named].tolist(), handout.dataset.currency))
        headers.append(words("customer.revenue"))
    return Table(
        tuple(headers),
        tuple(zip(*columns, strict=True)),
        (False, False, False, True)[: len(headers)],
        tiers=2,
        others=len(rows) - len(named),
        said="story.top.more",
    )
