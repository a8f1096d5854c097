"""A handout → the story it tells, ending in what to do."""

from __future__ import annotations

from tiering.report.handout import Handout
from tiering.report.story.parts import Part, Story, Table, basis_part, facts
from tiering.report.story.scheme import exceptions_part, lines_part, movement_part, top_part, weights_part
from tiering.report.story.worth import pareto_part, tiers_part
from tiering.said.call_lists import CallListContext, card
from tiering.strategy.recommend import kinds_unavailable
from tiering.strategy.situation import Situation
from tiering.words.advice import KPI_TOLD, advice_cards, not_judged

MOST_ROWS = 5


def story_of(handout: Handout) -> Story:
    """Tiers with their data → cover and 9 to 15 parts, what matters most first; what is not known is not told."""
    tiering = handout.tiering
    parts = (
        tiers_part(handout),
        pareto_part(handout),
        top_part(handout),
        weights_part(handout),
        lines_part(handout),
        exceptions_part(handout),
        movement_part(handout),
        *tier_parts(handout),
        advice_part(handout),
        basis_part(handout),
    )
    words = handout.words
    return Story(
        title=tiering.scenario.name or words("story.title"),
        facts=facts(handout),
        parts=tuple(part for part in parts if part is not None),
        colours=dict(zip(tiering.scenario.tiers, handout.colours, strict=False)),
        language=words.language,
    )


def tier_parts(handout: Handout) -> tuple[Part, ...]:
    """One part per tier, top first: what it is for, its service level, its measures with baseline and target."""
    words = handout.words
    cards = advice_cards(handout.advised, words, handout.dataset.currency)
    headers = tuple(words(f"story.kpi.{name}") for name in KPI_TOLD)
    tables = [tuple(tuple(kpi[name] for name in KPI_TOLD) for kpi in card["kpi"]) for card in cards]
    return tuple(
        Part(
            words("story.tier.title", tier=card["label"], headline=card["headline"]),
            (card["service_line"], *card["facts"]),
            Table(headers, rows, (False, True, True, False, False)) if rows else None,
            note=words("story.tier.note", service=card["service_note"], measures=card["kpi_note"] if rows else ""),
        )
        for card, rows in zip(cards, tables, strict=True)
    )


def advice_part(handout: Handout) -> Part:
    """The moves with most money at stake, whatever the tier."""
    words = handout.words
    moves = handout.moves
    known = CallListContext(Situation(handout.tiering, handout.evidence), handout.dataset.currency)
    names = [*handout.tiering.scenario.tiers, words("tier.unscored")]
    if not moves:
        return Part(words("story.advice.none"), tuple(not_judged(kinds_unavailable(handout.evidence), words)))
    headers = (
        words("customer.tier"),
        words("story.advice.move"),
        words("story.advice.who"),
        words("story.advice.money"),
    )
    told = [(move, card(known, move, words)) for move in moves[:MOST_ROWS]]
    rows = tuple((names[move.tier], said["title"], said["detail"], said["money"]) for move, said in told)
    beyond = len(moves) - len(rows)
    table = Table(headers, rows, (False, False, False, False), tiers=0, others=beyond, said="story.advice.more")
    return Part(words("story.advice.title", n=len(moves)), table=table, note=table.note(words))
