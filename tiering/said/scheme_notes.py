"""What a scheme leaves to be told: weights that rest, what money means, who is left out, what a seal was made on."""

from __future__ import annotations

from datetime import date

import numpy as np

from tiering.decision.saved import Seal
from tiering.evaluate import Tiering
from tiering.indicators.catalogue import BY_KEY, OWN
from tiering.indicators.presets import unused_share
from tiering.said.held import held_notes
from tiering.said.rules import rule_name
from tiering.scenario import Scenario
from tiering.scenario.exceptions import CapRule, PointRule
from tiering.scenario.population import Population
from tiering.tiers.overrides import BY_RULE, EntryStatus
from tiering.words import Words

LEAST_UNUSED = 0.01
MOST_NAMED = 5


def unused_weights(tiering: Tiering, words: Words) -> list[str]:
    """The indicators with a weight that this data lacks, weightiest first, and their share; nothing below 1 %."""
    weights, known = tiering.scenario.weights, tiering.base.matrix.keys
    share = unused_share(weights, known)
    if share < LEAST_UNUSED:
        return []
    unused = sorted((key for key, weight in weights.items() if weight and key not in known), key=lambda k: -weights[k])
    names = [_named(key, tiering, words) for key in unused[:MOST_NAMED]]
    if len(unused) > MOST_NAMED:
        names.append(words("unused.more", n=len(unused) - MOST_NAMED))
    return [words("unused.weights", share=words.percent(share), indicators=words.listed(names))]


def _named(key: str, tiering: Tiering, words: Words) -> str:
    """An indicator by its label, and where it is not the data that lacks it, why it does not count."""
    if key.startswith(OWN):
        return f"“{key.removeprefix(OWN)}”"
    if key not in BY_KEY:
        return words("unused.unknown", name=key)
    label = words(f"indicator.{key}.label")
    return label if key in tiering.base.matrix.unavailable else words("unused.off", name=label)


def money_sentence(scenario: Scenario, words: Words) -> str:
    """What amounts mean, as a sentence of its own."""
    return words("money.said", list=money_meaning(scenario, words))


def money_meaning(scenario: Scenario, words: Words) -> str:
    """Stage and tax where they were said, and always whether returns are taken off; beside a label of its own."""
    parts = []
    if scenario.money.stage != "unsaid":
        parts.append(words(f"money.stages.{scenario.money.stage}"))
    if scenario.money.tax != "unsaid":
        parts.append(words(f"money.taxes.{scenario.money.tax}"))
    parts.append(words(f"money.returns.{scenario.revenue}"))
    return words.listed(parts)


def population_sentence(population: Population, n: int, words: Words) -> str:
    """How many are left out (``n``) and merged, and whether dealers are apart; empty where everybody is tiered."""
    parts = [words("people.who.left", n=n)] if n else []
    if population.merges:
        parts.append(words("people.merge.done", n=len(population.merges)))
    if population.apart is not None and population.side != "all":
        parts.append(words(f"people.who.only_{population.side}", kinds=words.listed(list(population.apart.values))))
    return " · ".join(parts)


def population_rules(population: Population, words: Words) -> str:
    """The choices themselves, for papers: how many by hand, which values of which column; empty for everybody."""
    parts = [words("people.who.left", n=len(population.excluded))] if population.excluded else []
    if population.left_out is not None:
        values = words.listed(list(population.left_out.values))
        parts.append(words("people.who.left_by", column=population.left_out.column, values=values))
    said = population_sentence(population, 0, words)
    return " · ".join([*parts, *([said] if said else [])])


def seal_basis(seal: Seal, is_same: bool, words: Words) -> str:
    """Same data as then? With the customers of then, and their day where one was kept."""
    key = f"scenarios.seal.data_{'same' if is_same else 'other'}"
    if seal.as_of is None:
        return words(f"{key}_undated", n=seal.customers)
    return words(key, n=seal.customers, day=words.day(seal.as_of))


OLD_DAYS = 45


def old_data_notes(last: date | None, today: date, words: Words) -> list[str]:
    """That the data end more than 45 days before today, and how long; nothing where they are fresh or without dates."""
    days = 0 if last is None else (today - last).days
    return [words("standing.old_data", last=last, n=days)] if last is not None and days > OLD_DAYS else []


TOLD = (EntryStatus.EXPIRED, EntryStatus.NO_CUSTOMER, EntryStatus.NO_TIER)


def final_tier_notes(tiering: Tiering, words: Words) -> list[str]:
    """How many customers rules and decisions by hand move, rules that do nothing, entries that do nothing any more."""
    settled, held = tiering.adjustments, held_notes(tiering, words)
    own, ledger = tiering.scenario.rules, tiering.scenario.ledger
    if settled is None or not (own.points or own.caps or ledger.overrides):
        return held
    moved = int(np.count_nonzero(tiering.by_score != tiering.base_tiers))
    by_hand = int(np.count_nonzero(settled.hand.tiers != BY_RULE))
    rules: list[PointRule | CapRule] = [*settled.points.rules.points, *settled.points.rules.caps]
    answers = [*settled.points.point_answers, *settled.points.cap_answers]
    faults = [
        words("cli.tier.rule_fault", rule=rule_name(rule, words), why=words(f"rules.unusable.{answer.fault}"))
        for rule, answer in zip(rules, answers, strict=True)
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
