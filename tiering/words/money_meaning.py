"""What the money of a scenario means, in one sentence."""

from __future__ import annotations

from tiering.scenario import Scenario
from tiering.words import Words


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
