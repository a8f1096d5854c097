"""On a customer's card: what the rule of the next tier asks, and how the customer stands against it."""

from __future__ import annotations

import math

import streamlit as st

from tiering.scenario.ways import Condition, Majority, Standards
from tiering.tiers.majority import votes
from tiering.tiers.readings import Readings
from tiering.tiers.standards import condition_met
from tiering.ui.base import frame
from tiering.ui.base.cached import Shown
from tiering.words import Words
from tiering.words.limits import limit_text
from tiering.words.lines_said import condition_text, label_of, readings_of


def asked(shown: Shown, row: int, words: Words) -> None:
    """The rule that put the customer where it is, and the one above: each condition with what the customer has."""
    for sentence in sentences(shown, row, words):
        st.markdown(frame.plain(sentence))


def sentences(shown: Shown, row: int, words: Words) -> list[str]:
    """One paragraph on the customer's own tier, where a rule led to it, and one on the next tier up."""
    tiering, way = shown.tiering, shown.tiering.scenario.way
    tier, last = int(tiering.base_tiers[row]), len(tiering.scenario.tiers) - 1
    if tier > last:
        return [words("ways.asked.unknown")]
    one = readings_of(shown.tiering).only(row)
    places = [place for place in (tier, tier - 1) if 0 <= place < last]
    if isinstance(way, Standards):
        return [_by_standard(shown, way, place, one, words) for place in places]
    assert isinstance(way, Majority)
    return [_by_majority(shown, way, place, one, words) for place in places]


def _by_standard(shown: Shown, standards: Standards, place: int, one: Readings, words: Words) -> str:
    conditions = standards.rules[place].conditions
    parts = words.listed(_has(condition, one, words) for condition in conditions)
    need = words(f"ways.standards.need.{standards.rules[place].need}")
    return words("ways.asked.standard", tier=shown.tiering.scenario.tiers[place], need=need, parts=parts)


def _has(condition: Condition, one: Readings, words: Words) -> str:
    """``Annual revenue ≥ 500,000: 430,000 ✗``."""
    values = one.of(condition.indicator, so_far=True)
    value = math.nan if values is None else float(values[0])
    if math.isnan(value):
        return words("ways.asked.missing", condition=condition_text(condition, one, words))
    assert values is not None
    has = limit_text(round(value, 4), one.indicators.get(condition.indicator), words)
    mark = "✓" if condition_met(values, condition)[0] else "✗"
    return words("ways.asked.has", condition=condition_text(condition, one, words), has=has, mark=mark)


def _by_majority(shown: Shown, majority: Majority, place: int, one: Readings, words: Words) -> str:
    """The share of the weight that finds the customer good enough, who does not, and what vetoes."""
    said = votes(one, majority, len(shown.tiering.scenario.tiers) - 1)
    against, vetoing = [], []
    for criterion in majority.criteria:
        alone = votes(one, majority.model_copy(update={"criteria": (criterion,)}), said.support.shape[0])
        if alone.coverage[0] and not alone.support[place][0]:
            against.append(label_of(criterion.indicator, words))
        if alone.vetoed[place][0]:
            vetoing.append(label_of(criterion.indicator, words))
    facts = {"tier": shown.tiering.scenario.tiers[place], "share": words.percent(float(said.support[place][0]))}
    text = words("ways.asked.majority", **facts, needed=words.percent(majority.majority))
    if against:
        text += words("ways.asked.against", list=words.listed(against))
    return text + (words("ways.asked.vetoed", list=words.listed(vetoing)) if vetoing else "")
