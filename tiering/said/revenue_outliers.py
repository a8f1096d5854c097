"""Sentences on who is big and not in the top tier, or small and in it, each with its own reason."""

from __future__ import annotations

from tiering.evaluate import Tiering
from tiering.said.held import held_sentences
from tiering.said.labels import customer_label, shown_value
from tiering.said.rules import rule_name
from tiering.views.revenue_outliers import RevenueOutlier, revenue_outliers
from tiering.words import Words

MOST_SAID = 4


def outlier_notes(tiering: Tiering, words: Words, currency: str, most: int = MOST_SAID) -> list[str]:
    """One sentence a customer, biggest first, and how many more there are; none where nobody stands out."""
    found = revenue_outliers(tiering)
    said = [outlier_sentence(tiering, one, words, currency) for one in found[:most]]
    left = len(found) - len(said)
    return [*said, words("standing_out.more", n=left)] if left else said


def outlier_sentence(tiering: Tiering, one: RevenueOutlier, words: Words, currency: str) -> str:
    """Who, how big, in which tier, and why."""
    names = [*tiering.scenario.tiers, words("tier.unscored")]
    facts = {
        "customer": customer_label(tiering.base.customers, one.row),
        "place": one.place,
        "money": words.money(float(tiering.base.revenue[one.row]), currency),
        "tier": names[tiering.tiers[one.row]],
        "top": names[0],
        "next": names[1],
        "reason": _reason(tiering, one, words, currency),
    }
    return words(f"standing_out.{'big' if one.big else 'small'}", **facts)


def _reason(tiering: Tiering, one: RevenueOutlier, words: Words, currency: str) -> str:
    if one.because == "held":
        return held_sentences(tiering, one.row_array, words)[0]
    if one.because == "cap" and one.cap is not None:
        return rule_name(one.cap, words)
    if one.because == "projected":
        return words("standing_out.because.projected", factor=words.number(one.value, 1))
    if one.because == "indicator" and one.indicator is not None:
        return words(
            "standing_out.because.indicator",
            indicator=words(f"indicator.{one.indicator.key}.label"),
            value=shown_value(one.value, one.indicator, words, currency),
            tier=tiering.scenario.tiers[0 if one.big else 1],
            usual=shown_value(one.usual, one.indicator, words, currency),
        )
    return words(f"standing_out.because.{one.because}")
