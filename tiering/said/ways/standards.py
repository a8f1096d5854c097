"""Absolute standards in sentences: the rules, what they could not judge, and how a customer stands against them."""

from __future__ import annotations

import math

from tiering.evaluate import Tiering
from tiering.said.labels import indicator_label
from tiering.said.ways.saying import Saying
from tiering.scenario.ways.standards import Condition, Sign, Standards, TierRule
from tiering.tiers.indicator_values import Readings
from tiering.tiers.ways.standards import Judged, condition_met, judge
from tiering.words import Words
from tiering.words.typed_limits import limit_text

SIGNS: dict[Sign, str] = {">": ">", ">=": "≥", "<=": "≤", "<": "<"}


def _standards(tiering: Tiering) -> Standards:
    way = tiering.scenario.way
    assert isinstance(way, Standards)
    return way


def _drawn(tiering: Tiering, words: Words) -> list[str]:
    """For each tier its rule; the last takes the rest."""
    known = tiering.base.readings
    return [*(_rule_text(rule, known, words) for rule in _standards(tiering).rules), words("ways.drawn.rest")]


def _rule_text(rule: TierRule, known: Readings, words: Words) -> str:
    """``Annual revenue > 1,000,000 and Order frequency ≥ 12``; that nobody meets it where it has no condition."""
    if not rule.conditions:
        return words("ways.drawn.nobody")
    return words(f"ways.drawn.{rule.need}").join(_condition_text(part, known, words) for part in rule.conditions)


def _condition_text(condition: Condition, known: Readings, words: Words) -> str:
    """``Annual revenue > 1,000,000``."""
    limit = limit_text(condition.value, known.indicators.get(condition.indicator), words)
    return f"{indicator_label(condition.indicator, words)} {SIGNS[condition.sign]} {limit}"


def _unjudged(tiering: Tiering, currency: str, words: Words) -> list[str]:
    """Columns a rule lacks, rules without conditions, customers held back by a missing value, customers not tiered."""
    judged = judge(tiering.base.readings, _standards(tiering))
    notes = _rule_notes(tiering.scenario.tiers, _standards(tiering), judged, words)
    held = int(judged.kept_back.sum())
    if held:
        money = float(tiering.base.revenue[judged.kept_back].sum())
        notes.append(words("ways.standards.kept_back", n=held, money=words.money(money, currency)))
    untiered = int((~tiering.drawn).sum())
    return [*notes, words("ways.standards.untiered", n=untiered)] if untiered else notes


def _rule_notes(tiers: tuple[str, ...], standards: Standards, judged: Judged, words: Words) -> list[str]:
    """For each tier the columns its rule asks for in vain, and what that means; tiers without a condition."""
    notes = []
    for place, rule in enumerate(standards.rules):
        asked = dict.fromkeys(condition.indicator for condition in rule.conditions)
        lacking = [indicator_label(key, words) for key in asked if key in judged.absent]
        if lacking:
            text = "ways.standards.closed" if place in judged.idle else "ways.standards.absent"
            notes.append(words(text, tier=tiers[place], indicators=words.listed(lacking)))
    empty = [tier for tier, rule in zip(tiers, standards.rules, strict=False) if not rule.conditions]
    return [*notes, words("ways.standards.idle", tiers=words.listed(empty))] if empty else notes


def _asked(tiering: Tiering, row: int, words: Words) -> list[str]:
    """One paragraph on the customer's own tier, where a rule led to it, and one on the next tier up."""
    tier, last = int(tiering.base_tiers[row]), len(tiering.scenario.tiers) - 1
    if tier > last:
        return [words("ways.asked.unknown")]
    one = tiering.base.readings.only(row)
    return [_stands(tiering, place, one, words) for place in (tier, tier - 1) if 0 <= place < last]


def _stands(tiering: Tiering, place: int, one: Readings, words: Words) -> str:
    rule = _standards(tiering).rules[place]
    parts = words.listed(_has(condition, one, words) for condition in rule.conditions)
    need = words(f"ways.standards.need.{rule.need}")
    return words("ways.asked.standard", tier=tiering.scenario.tiers[place], need=need, parts=parts)


def _has(condition: Condition, one: Readings, words: Words) -> str:
    """``Annual revenue ≥ 500,000: 430,000 ✗``."""
    values = one.of(condition.indicator, so_far=True)
    value = math.nan if values is None else float(values[0])
    if values is None or math.isnan(value):
        return words("ways.asked.missing", condition=_condition_text(condition, one, words))
    has = limit_text(round(value, 4), one.indicators.get(condition.indicator), words)
    mark = "✓" if condition_met(values, condition)[0] else "✗"
    return words("ways.asked.has", condition=_condition_text(condition, one, words), has=has, mark=mark)


WAYS = {"standards": Saying(_drawn, _unjudged, _asked)}
