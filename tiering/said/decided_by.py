"""What decided a tier beside the lines, and what moved a customer: a word for lists, the whole way for one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.evaluate import Tiering
from tiering.said.held import held_sentences
from tiering.said.rules import points_text, rule_name
from tiering.scenario.exceptions import CapRule, PointRule
from tiering.tiers.final_tier import TierAdjustments
from tiering.tiers.overrides import BY_RULE, entry_of
from tiering.tiers.points import stepped
from tiering.tiers.provisional import LAPSED, PROVISIONAL
from tiering.tiers.totals import main_shift
from tiering.words import Words

Rows = NDArray[np.intp]
Mask = NDArray[np.bool_]

SETTLED = ("points", "rules_applied", "capped_by", "by_hand_reason", "by_hand_owner", "by_hand_expires")


def decided_by(tiering: Tiering, rows: Rows, words: Words) -> list[str]:
    """For each of ``rows``: held by review rules, by hand and until when, by points or by a cap; empty where the lines
    alone decide.
    """
    held, settled = held_sentences(tiering, rows, words), _settled_by(tiering, rows, words)
    return [one or other for one, other in zip(held, settled, strict=True)]


def _settled_by(tiering: Tiering, rows: Rows, words: Words) -> list[str]:
    settled = tiering.adjustments
    if settled is None:
        return [""] * rows.size
    base = tiering.base_tiers[rows]
    stepped = np.where(base == settled.count, base, np.clip(base - settled.points.steps[rows], 0, settled.count - 1))
    capped = settled.by_rule(base, rows) != stepped
    said = np.full(rows.size, "", dtype=object)
    moved, sums = stepped != base, settled.points.sums[rows]
    for total in np.unique(sums[moved]):
        said[moved & (sums == total)] = words("decided.points", points=points_text(int(total), words))
    said[capped] = words("decided.cap")
    for rule, answer in zip(settled.points.rules.caps, settled.points.cap_answers, strict=True):
        if rule.ready in (LAPSED, PROVISIONAL):
            said[capped & answer.holds[rows]] = rule_name(rule, words)
    for place in np.flatnonzero(settled.hand.tiers[rows] != BY_RULE):
        entry = entry_of(settled.hand, int(rows[place]))
        said[place] = words("decided.hand", until=entry.override.expires) if entry else ""
    return said.tolist()


def adjustment_columns(tiering: Tiering, words: Words | None = None) -> dict[str, pd.Series]:
    """Columns for exports, n rows: ``points``, ``rules_applied``, ``capped_by``, and the entry set by hand.

    Empty where neither rules nor tiers set by hand are in the scenario. Rules are named in the words' language, for
    programs (no words) in English.
    """
    settled = tiering.adjustments
    if settled is None:
        return {}
    size = len(tiering.tiers)
    columns: dict[str, pd.Series] = {}
    if settled.points.rules.points:
        columns["points"] = pd.Series(settled.points.sums.astype(np.float64))
        held = [answer.holds for answer in settled.points.point_answers]
        columns["rules_applied"] = _joined(settled.points.rules.points, held, words, size)
    if settled.points.rules.caps:
        columns["capped_by"] = _joined(settled.points.rules.caps, _capping(tiering, settled), words, size)
    if settled.hand.entries:
        columns |= _by_hand(settled, size)
    return columns


def _capping(tiering: Tiering, settled: TierAdjustments) -> list[Mask]:
    """For each cap whom it lowered (n,): it holds of them, and without caps they would stand above the cap's tier.

    Of several caps the lowest decides; a tier set by hand is no cap's doing.
    """
    points, tiers = settled.points, tiering.scenario.tiers
    uncapped = stepped(tiering.base_tiers, points.steps, np.zeros_like(points.caps), settled.count)
    lowered = (settled.by_rule(tiering.base_tiers) != uncapped) & (settled.hand.tiers == BY_RULE)
    return [
        answer.holds & lowered & (points.caps == tiers.index(cap.tier)) if cap.tier in tiers else answer.holds
        for cap, answer in zip(points.rules.caps, points.cap_answers, strict=True)
    ]


def _joined(rules: Sequence[PointRule | CapRule], held: list[Mask], words: Words | None, size: int) -> pd.Series:
    """Names of the rules of each customer they are ``held`` by, in their order, with semicolons between."""
    said = np.full(size, "", dtype=object)
    for rule, rows in zip(rules, held, strict=True):
        gives = f" ({rule.points:+d})" if isinstance(rule, PointRule) else ""
        name = rule_name(rule, words or Words("en")) + gives
        before = said[rows]
        said[rows] = np.where(before == "", name, before + f"; {name}")
    return pd.Series(said, dtype=object)


def _by_hand(settled: TierAdjustments, size: int) -> dict[str, pd.Series]:
    empty = {name: np.full(size, None, dtype=object) for name in ("reason", "owner", "expires")}
    for row in np.flatnonzero(settled.hand.tiers != BY_RULE):
        entry = entry_of(settled.hand, int(row))
        for name, column in empty.items():
            column[row] = getattr(entry.override, name) if entry else None
    return {f"by_hand_{name}": pd.Series(column, dtype=object) for name, column in empty.items()}


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
    return tiering.adjustments is not None and bool(tiering.adjustments.hand.tiers[row] != BY_RULE)


def _by_rule(tiering: Tiering, baseline: Tiering, row: int, words: Words) -> str:
    now, before = (0 if t.adjustments is None else int(t.adjustments.points.sums[row]) for t in (tiering, baseline))
    if now == before:
        return words("movers.by_cap")
    return words("movers.by_points", points=signed(now, words))
