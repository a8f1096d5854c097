"""What decides a tier: weights, lines, and the exceptions to them."""

from __future__ import annotations

import numpy as np

from tiering.report.handout import Handout
from tiering.report.story.customers import moves_table
from tiering.report.story.parts import Bars, Part, Table
from tiering.said.ways import drawn_sentences
from tiering.tiers.influence import effective_weights
from tiering.tiers.score import MILLI

MOST_INDICATORS = 8
MOST_NAMED = 3


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
    rows = tuple(zip(handout.tiering.scenario.tiers, drawn_sentences(handout.tiering, handout.words), strict=True))
    headers = (handout.words("customer.tier"), handout.words("story.lines.standard"))
    return Table(headers, rows, (False, False), tiers=0)


def exceptions_part(handout: Handout) -> Part | None:
    """What points, caps and tiers set by hand change; nothing where the scheme has none."""
    words, tiering = handout.words, handout.tiering
    rules, ledger = tiering.scenario.rules, tiering.scenario.ledger
    if tiering.settlement is None or not (rules.points or rules.caps or ledger.overrides):
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
