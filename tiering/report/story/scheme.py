"""What decides a tier, the exceptions to it, and the customers in each."""

from __future__ import annotations

import numpy as np

from tiering.evaluate import scores_in_points, tier_names
from tiering.report.handout import Handout
from tiering.report.story.parts import Bars, Part, Table
from tiering.report.story.worth import has_revenue
from tiering.said.labels import customer_labels
from tiering.said.provisional import marked_labels
from tiering.said.tables import knows_revenue
from tiering.said.ways import tier_sentences
from tiering.tiers.score import MILLI, effective_weights
from tiering.tiers.totals import movers

MOST_INDICATORS = 8
MOST_NAMED = 3
MOST_ROWS = 12


def weights_part(handout: Handout) -> Part | None:
    """Set beside effective weight, the most telling first; nothing where no weight decides."""
    words, tiering = handout.words, handout.tiering
    keys = tiering.base.matrix.keys
    weights = np.array([tiering.scenario.weights.get(key, 0) for key in keys], dtype=np.float64)
    if not tiering.scenario.drawn_by_score or not weights.sum():
        return None
    effective = effective_weights(weights, tiering.base.covariance)
    order = [place for place in np.lexsort((-weights, -effective)) if weights[place]][:MOST_INDICATORS]
    names = tuple(words(f"indicator.{keys[place]}.label") for place in order)
    told = bool(effective.any())  # customers who are all alike differ by nothing
    series = (
        (words("story.weights.set"), tuple((weights[order] / weights.sum()).tolist())),
        (words("story.weights.effective"), tuple(effective[order].tolist())),
    )
    return Part(
        words("story.weights.title", names=words.listed(names[:MOST_NAMED])),
        (words("story.weights.goal", goal=words(f"goal.{tiering.scenario.goal}")),),
        chart=Bars(names, series[: 1 + told]),
        note=words("story.weights.note" if told else "story.weights.none"),
    )


def lines_part(handout: Handout) -> Part:
    """Where the tiers begin: the lines by score, or what each tier asks for."""
    words, scenario = handout.words, handout.tiering.scenario
    said = (words(f"story.lines.by_{scenario.line_kind}"),)
    if not scenario.drawn_by_score:
        return Part(words("story.lines.standards"), said, _asked(handout))
    table = _score_lines(handout)
    return Part(words("story.lines.title", n=len(table.rows)), said, table, note=words("story.lines.note"))


def _score_lines(handout: Handout) -> Table:
    words, tiering = handout.words, handout.tiering
    above = np.cumsum(tiering.totals.customers)
    rows = tuple(
        (name, words.number(position / MILLI, 1), words.number(int(above[place])))
        for place, (name, position) in enumerate(zip(tiering.scenario.tiers, tiering.positions, strict=False))
    )
    headers = (words("customer.tier"), words("story.lines.from"), words("story.lines.above"))
    return Table(headers, rows, (False, True, True), tiers=0)


def _asked(handout: Handout) -> Table:
    """One row a tier: what it asks for; the last takes the others."""
    rows = tuple(zip(handout.tiering.scenario.tiers, tier_sentences(handout.tiering, handout.words), strict=True))
    headers = (handout.words("customer.tier"), handout.words("story.lines.standard"))
    return Table(headers, rows, (False, False), tiers=0)


def exceptions_part(handout: Handout) -> Part | None:
    """What points, caps and tiers set by hand change; nothing where the scheme has none."""
    words, tiering = handout.words, handout.tiering
    rules, ledger = tiering.scenario.rules, tiering.scenario.ledger
    if tiering.adjustments is None or not (rules.points or rules.caps or ledger.overrides):
        return None
    moved = tiering.by_score != tiering.base_tiers
    up = int((moved & (tiering.by_score < tiering.base_tiers)).sum())
    table = _moved_from_base(handout, moved)
    return Part(
        words("story.exceptions.title", n=int(moved.sum())),
        (
            words("story.exceptions.rules", points=len(rules.points), caps=len(rules.caps)),
            words("story.exceptions.hand", n=len(ledger.overrides)),
            words("story.exceptions.moved", up=up, down=int(moved.sum()) - up),
        ),
        table if table.rows else None,
        note=table.note(words),
    )


def _moved_from_base(handout: Handout, moved: np.ndarray) -> Table:
    """Who stands elsewhere than by the lines alone, biggest revenue first."""
    tiering = handout.tiering
    rows = np.flatnonzero(moved)
    rows = rows[np.argsort(-tiering.base.revenue[rows], kind="stable")]
    base = np.array([*tiering.scenario.tiers, ""], dtype=object)[tiering.base_tiers]
    return moves_table(handout, base, rows, handout.words("column.base_tier"))


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
