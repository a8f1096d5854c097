"""Chapters of the policy on care by tier, on exceptions, and on when tiers are drawn anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from tiering.report.handout import Handout
from tiering.report.story import Part, Table
from tiering.said.labels import customer_label
from tiering.said.rules import points_text, rule_name
from tiering.strategy.actions import counted_from
from tiering.strategy.tier_advice import TierAdvice
from tiering.words import Words
from tiering.words.advice import KPI_TOLD, advice_cards, service_line

RIGHTS = ("pricing", "retention")
ROLES = ("management", "marketing", "sales", "service", "finance", "data")
MOST_ROWS = 40
QUARTERS = 4


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


def points_chapter(handout: Handout) -> Part:
    """Points and caps, rule by rule; a sentence where the scheme has none."""
    words, rules = handout.words, handout.tiering.scenario.rules
    title = words("policy.points.title")
    if not rules.points and not rules.caps:
        return Part(title, (words("policy.points.none"),))
    rows = [
        *((rule_name(rule, words), points_text(rule.points, words)) for rule in rules.points),
        *((rule_name(cap, words), words("policy.points.cap", tier=cap.tier)) for cap in rules.caps),
    ]
    headers = (words("policy.points.rule"), words("policy.points.effect"))
    sentences = (words("policy.points.step", n=rules.step_at), words("policy.points.order"))
    return Part(title, sentences, Table(headers, tuple(rows), (False, True)))


def hand_chapter(handout: Handout) -> Part:
    """Who may set a tier by hand and how, and what is in force today."""
    words, overrides = handout.words, handout.tiering.scenario.ledger.overrides
    rules = (words("policy.hand.rule"), words("policy.hand.expiry"))
    title = words("policy.hand.title")
    if not overrides:
        return Part(title, (*rules, words("policy.hand.none")))
    rows = tuple(
        (_named(one.customer_id, handout), one.tier, one.reason, one.owner, words.day(one.expires))
        for one in overrides[:MOST_ROWS]
    )
    headers = tuple(words(f"policy.hand.{key}") for key in ("customer", "tier", "reason", "owner", "expires"))
    return Part(title, rules, Table(headers, rows, (False,) * 5, tiers=1), note=_more(handout, len(overrides)))


def appeals_chapter(handout: Handout) -> Part:
    """How sales may object to a tier, and the objections there were."""
    words, appeals = handout.words, handout.tiering.scenario.ledger.appeals
    title, rule = words("policy.appeals.title"), words("policy.appeals.rule")
    if not appeals:
        return Part(title, (rule,))
    rows = tuple(
        (_named(one.customer_id, handout), one.objection, words(f"policy.appeals.{one.decision}"), one.answer)
        for one in appeals[:MOST_ROWS]
    )
    headers = tuple(words(f"policy.appeals.{key}") for key in ("customer", "objection", "decision", "answer"))
    return Part(title, (rule,), Table(headers, rows, (False,) * 4), note=_more(handout, len(appeals)))


def log_chapter(handout: Handout) -> Part | None:
    """What was decided on the way to the scheme, newest first; nothing where nothing is recorded."""
    words, entries = handout.words, handout.log[::-1]
    if not entries:
        return None
    rows = tuple(
        (words.day(one.day), words(f"scenarios.log.{one.verdict}"), one.subject, one.reason, one.by)
        for one in entries[:MOST_ROWS]
    )
    headers = tuple(words(f"scenarios.log.{key}") for key in ("day", "verdict", "subject", "reason", "by"))
    return Part(words("policy.log.title"), table=Table(headers, rows, (False,) * 5), note=_more(handout, len(entries)))


def _named(customer_id: str, handout: Handout) -> str:
    """Id of a customer, with its name where this data knows it."""
    customers = handout.tiering.base.customers
    known = customers[customers["customer_id"] == customer_id]
    label = customer_label(known, 0) if len(known) else customer_id
    return customer_id if label == customer_id else f"{label} · {customer_id}"


def _more(handout: Handout, number: int) -> str:
    return handout.words("policy.more", n=number - MOST_ROWS) if number > MOST_ROWS else ""


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
