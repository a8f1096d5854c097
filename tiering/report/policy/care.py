"""Chapters on what each tier is given, how it is measured, and who sees to it."""

from __future__ import annotations

from collections.abc import Sequence

from tiering.report.handout import Handout
from tiering.report.story import Part, Table
from tiering.strategy.tier_advice import TierAdvice
from tiering.words import Words
from tiering.words.advice import KPI_TOLD, advice_cards, service_line

RIGHTS = ("pricing", "retention")
ROLES = ("management", "marketing", "sales", "service", "finance", "data")


def rights_chapter(handout: Handout) -> Part:
    """Service level, goal and sales model of each tier, and the terms it is given, as the scenario words them."""
    words = handout.words
    headers = tuple(words(f"policy.rights.{key}") for key in ("tier", "service", "goal", "rights"))
    rows = tuple(
        (
            part.name,
            service_line(part.playbook.service, words),
            _in_a_row(card["facts"][1:-1], words),
            _rights(part, words),
        )
        for part, card in zip(
            handout.advised, advice_cards(handout.advised, words, handout.dataset.currency), strict=True
        )
    )
    return Part(
        words("policy.rights.title"),
        (words("policy.rights.rule"),),
        Table(headers, rows, (False, False, False, False), tiers=0),
        note=words("strategy.service.note"),
    )


def _rights(part: TierAdvice, words: Words) -> str:
    """Pricing, incentives and retention of a tier."""
    own = part.edited.get(words.language, {})
    keys = (f"playbook.role.{part.playbook.role}.{name}" for name in RIGHTS)
    return _in_a_row([own.get(key) or words(key) for key in keys], words)


def _in_a_row(sentences: Sequence[str], words: Words) -> str:
    return words.sentences(sentences)


def kpi_chapter(handout: Handout) -> Part:
    """Measures of each tier with today's baseline and the target."""
    words = handout.words
    cards = advice_cards(handout.advised, words, handout.dataset.currency)
    rows = tuple(
        (part.name, *(kpi[name] for name in KPI_TOLD))
        for part, card in zip(handout.advised, cards, strict=True)
        for kpi in card["kpi"]
    )
    headers = (words("policy.rights.tier"), *(words(f"story.kpi.{name}") for name in KPI_TOLD))
    if not rows:
        return Part(words("policy.kpi.title"), (words("policy.kpi.none"),))
    table = Table(headers, rows, (False, False, True, True, False, False), tiers=0)
    return Part(words("policy.kpi.title"), table=table, note=words("strategy.kpi.note"))


def roles_chapter(handout: Handout) -> Part:
    """Who decides, who proposes, who carries out."""
    words = handout.words
    rows = tuple((words(f"policy.role.{role}"), words(f"policy.duty.{role}")) for role in ROLES)
    headers = (words("policy.duties.role"), words("policy.duties.duty"))
    return Part(words("policy.duties.title"), table=Table(headers, rows, (False, False)))
