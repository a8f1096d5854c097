"""What decided a tier beside the lines: a word per customer for lists, the whole way for one customer."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.evaluate import Tiering
from tiering.report.rule_words import points_text, rule_name
from tiering.scenario.exceptions import CapRule, PointRule
from tiering.tiers.overrides import BY_RULE, entry_of
from tiering.tiers.settled import Settlement
from tiering.words import Words

Rows = NDArray[np.intp]

SETTLED = ("points", "rules_applied", "capped_by", "by_hand_reason", "by_hand_owner", "by_hand_expires")


def decided_by(tiering: Tiering, rows: Rows, words: Words) -> list[str]:
    """For each of ``rows``: by hand and until when, by points or by a cap; empty where the lines alone decide."""
    settled = tiering.settlement
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
    for place in np.flatnonzero(settled.hand.tiers[rows] != BY_RULE):
        entry = entry_of(settled.hand, int(rows[place]))
        said[place] = words("decided.hand", until=entry.override.expires) if entry else ""
    return said.tolist()


def settled_columns(tiering: Tiering, words: Words | None = None) -> dict[str, pd.Series]:
    """Columns for exports, n rows: ``points``, ``rules_applied``, ``capped_by``, and the entry set by hand.

    Empty where neither rules nor tiers set by hand are in the scenario. Rules are named in the words' language, for
    programs (no words) in English.
    """
    settled = tiering.settlement
    if settled is None:
        return {}
    size = len(tiering.tiers)
    columns: dict[str, pd.Series] = {}
    if settled.points.rules.points:
        columns["points"] = pd.Series(settled.points.sums.astype(np.float64))
        columns["rules_applied"] = _joined(settled, size, words, caps=False)
    if settled.points.rules.caps:
        columns["capped_by"] = _joined(settled, size, words, caps=True)
    if settled.hand.entries:
        columns |= _by_hand(settled, size)
    return columns


def _joined(settled: Settlement, size: int, words: Words | None, *, caps: bool) -> pd.Series:
    """Names of the rules that hold of each customer, in their order, with semicolons between."""
    points = settled.points
    rules: tuple[PointRule | CapRule, ...] = points.rules.caps if caps else points.rules.points
    answers = points.cap_answers if caps else points.point_answers
    said = np.full(size, "", dtype=object)
    for rule, answer in zip(rules, answers, strict=True):
        gives = f" ({rule.points:+d})" if isinstance(rule, PointRule) else ""
        name = rule_name(rule, words or Words("en")) + gives
        held = said[answer.holds]
        said[answer.holds] = np.where(held == "", name, held + f"; {name}")
    return pd.Series(said, dtype=object)


def _by_hand(settled: Settlement, size: int) -> dict[str, pd.Series]:
    empty = {name: np.full(size, None, dtype=object) for name in ("reason", "owner", "expires")}
    for row in np.flatnonzero(settled.hand.tiers != BY_RULE):
        entry = entry_of(settled.hand, int(row))
        for name, column in empty.items():
            column[row] = getattr(entry.override, name) if entry else None
    return {f"by_hand_{name}": pd.Series(column, dtype=object) for name, column in empty.items()}
