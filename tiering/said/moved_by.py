"""What put a customer into another tier than under the baseline, in a few words."""

from __future__ import annotations

from tiering.evaluate import Tiering
from tiering.tiers.movers import main_shift
from tiering.tiers.overrides import BY_RULE
from tiering.words import Words


def moved_by(tiering: Tiering, baseline: Tiering, row: int, words: Words) -> str:
    """By hand, by points or a cap, by the indicator whose points changed most, or by the line."""
    if _set_by_hand(tiering, row) or _set_by_hand(baseline, row):
        return words("movers.by_hand" if _set_by_hand(tiering, row) else "movers.by_hand_no_longer")
    if tiering.base_tiers[row] == baseline.base_tiers[row]:
        return _by_rule(tiering, baseline, row, words)
    if not (tiering.scenario.drawn_by_score and baseline.scenario.drawn_by_score):
        return words("movers.drawn")
    shift = main_shift(tiering.base.matrix, baseline.scenario.weights, tiering.scenario.weights, row)
    if shift is None:
        return words("movers.line")
    key, points = shift
    return words("movers.points", indicator=words(f"indicator.{key}.label"), points=signed(points, words, 1))


def signed(points: float, words: Words, digits: int = 0) -> str:
    """Points with their sign, as a change."""
    return ("+" if points > 0 else "") + words.number(points, digits)


def _set_by_hand(tiering: Tiering, row: int) -> bool:
    return tiering.settlement is not None and bool(tiering.settlement.hand.tiers[row] != BY_RULE)


def _by_rule(tiering: Tiering, baseline: Tiering, row: int, words: Words) -> str:
    now, before = (0 if t.settlement is None else int(t.settlement.points.sums[row]) for t in (tiering, baseline))
    if now == before:
        return words("movers.by_cap")
    return words("movers.by_points", points=signed(now, words))
