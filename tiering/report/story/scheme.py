"""What decides a tier: weights, lines, and the exceptions to them."""

from __future__ import annotations

import numpy as np

from tiering.report.handout import Handout
from tiering.report.story.parts import Bars, Part, Table
from tiering.tiers.influence import effective_weights
from tiering.tiers.score import MILLI
from tiering.words.sentences import listed

MOST_INDICATORS = 10
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
    return Part(
        words("story.weights.title", names=listed(names[:MOST_NAMED], words)),
        (words("story.weights.goal", goal=words(f"goal.{tiering.scenario.goal}")),),
        chart=Bars(
            names,
            (
                (words("story.weights.set"), tuple((weights[order] / weights.sum()).tolist())),
                (words("story.weights.effective"), tuple(effective[order].tolist())),
            ),
        ),
        note=words("story.weights.note"),
    )


def lines_part(handout: Handout) -> Part | None:
    """Where the lines lie; the way they are drawn, in a sentence."""
    words, tiering = handout.words, handout.tiering
    if not tiering.positions:
        return None
    above = np.cumsum(tiering.totals.customers)
    rows = tuple(
        (name, words.number(position / MILLI, 1), words.number(int(above[place])))
        for place, (name, position) in enumerate(zip(tiering.scenario.tiers, tiering.positions, strict=False))
    )
    headers = (words("customer.tier"), words("story.lines.from"), words("story.lines.above"))
    return Part(
        words("story.lines.title", n=len(rows)),
        (words(f"story.lines.by_{tiering.scenario.line_kind}"),),
        Table(headers, rows, (False, True, True), tiers=0),
        note=words("story.lines.note"),
    )


def exceptions_part(handout: Handout) -> Part | None:
    """What points, caps and tiers set by hand change; nothing where the scheme has none."""
    words, tiering = handout.words, handout.tiering
    if tiering.settlement is None:
        return None
    moved = tiering.tiers != tiering.base_tiers
    up = int((moved & (tiering.tiers < tiering.base_tiers)).sum())
    rules, ledger = tiering.scenario.rules, tiering.scenario.ledger
    return Part(
        words("story.exceptions.title", n=int(moved.sum())),
        (
            words("story.exceptions.rules", points=len(rules.points), caps=len(rules.caps)),
            words("story.exceptions.hand", n=len(ledger.overrides)),
            words("story.exceptions.moved", up=up, down=int(moved.sum()) - up),
        ),
    )
