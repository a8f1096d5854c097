"""Chapter on when tiers are drawn anew."""

from __future__ import annotations

from datetime import date, timedelta

from tiering.report.handout import Handout
from tiering.report.story import Part, Table
from tiering.strategy.actions import counted_from
from tiering.words import Words

QUARTERS = 4


def review_chapter(handout: Handout) -> Part:
    """The next four reviews, each at the end of a quarter, and the rules that keep tiers from flapping."""
    words, as_of = handout.words, handout.tiering.base.as_of
    title = words("policy.review.title")
    sentences = (words("policy.review.rule"), words("policy.review.steady"), *_holding(handout))
    if as_of is None:
        return Part(title, (*sentences, words("policy.review.undated")))
    rows = tuple(
        (words.day(end), words(f"policy.review.{'yearly' if end.month == 12 else 'quarterly'}"))
        for end in quarter_ends(counted_from(as_of, handout.today) or as_of, QUARTERS)
    )
    headers = (words("policy.review.date"), words("policy.review.scope"))
    return Part(title, sentences, Table(headers, rows, (False, False)))


def _holding(handout: Handout) -> tuple[str, ...]:
    """How a tier is held near a line: each rule that does something, as a sentence."""
    words, rules = handout.words, handout.tiering.scenario.review
    by_score = bool(handout.tiering.positions)
    if not rules.on or (not by_score and rules.confirm == 1 and not rules.stay and not rules.grace):
        return (words("policy.review.as_drawn"),)
    way = "score" if by_score else "other"
    points = {"entry": _points(rules.entry, words), "exit": _points(rules.exit, words)} if by_score else {}
    told = [words(f"policy.review.hold_{way}", n=rules.confirm, **points)]
    told += [words("policy.review.stay", n=rules.stay)] if rules.stay else []
    told += [words("policy.review.grace", n=rules.grace)] if rules.grace else []
    return (*told, words("policy.review.at_once"))


def _points(margin: float, words: Words) -> str:
    return words.number(margin, 0 if margin == int(margin) else 1)


def quarter_ends(after: date, number: int) -> list[date]:
    """The next ``number`` last days of a calendar quarter after a day.

    >>> [str(day) for day in quarter_ends(date(2026, 9, 30), 2)]
    ['2026-12-31', '2027-03-31']
    """
    ends: list[date] = []
    month = (after.month - 1) // 3 * 3 + 3
    year = after.year
    while len(ends) < number:
        end = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        if end > after:
            ends.append(end)
        month += 3
        if month > 12:
            year, month = year + 1, 3
    return ends
