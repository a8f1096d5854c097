"""What to do: a part for each tier, and the recommendations by the money at stake."""

from __future__ import annotations

from tiering.report.handout import Handout
from tiering.report.story.parts import Part, Table
from tiering.said.call_lists import Told, card
from tiering.strategy.recommend import kinds_unavailable
from tiering.strategy.situation import Situation
from tiering.words.advice import KPI_TOLD, advice_cards, not_judged

MOST_ROWS = 5


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
    known = Told(Situation(handout.tiering, handout.evidence), handout.dataset.currency)
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
