"""What stands between lines and tiers, in counts: never a customer's values."""

from __future__ import annotations

import numpy as np

from tiering.evaluate import Tiering
from tiering.said.held import held_notes
from tiering.said.rules import rule_name
from tiering.scenario.exceptions import CapRule, PointRule
from tiering.tiers.overrides import BY_RULE, Standing
from tiering.words import Words

TOLD = (Standing.EXPIRED, Standing.NO_CUSTOMER, Standing.NO_TIER)


def final_tier_notes(tiering: Tiering, words: Words) -> list[str]:
    """How many customers rules and decisions by hand move, rules that do nothing, entries that do nothing any more."""
    settled, held = tiering.settlement, held_notes(tiering, words)
    rules, ledger = tiering.scenario.rules, tiering.scenario.ledger
    if settled is None or not (rules.points or rules.caps or ledger.overrides):
        return held
    moved = int(np.count_nonzero(tiering.by_score != tiering.base_tiers))
    by_hand = int(np.count_nonzero(settled.hand.tiers != BY_RULE))
    all_rules: list[PointRule | CapRule] = [*settled.points.rules.points, *settled.points.rules.caps]
    answers = [*settled.points.point_answers, *settled.points.cap_answers]
    faults = [
        words("cli.tier.rule_fault", rule=rule_name(rule, words), why=words(f"rules.unusable.{answer.fault}"))
        for rule, answer in zip(all_rules, answers, strict=True)
        if answer.fault is not None
    ]
    standings = [entry.standing for entry in settled.hand.entries]
    entries = [
        words(f"ledger.note.{standing}", n=standings.count(standing), as_of=tiering.base.as_of or "–")
        for standing in TOLD
        if standing in standings
    ]
    told = [words("cli.tier.settled", n=moved, hand=by_hand)] if moved or by_hand else []
    return [*held, *told, *faults, *entries]
