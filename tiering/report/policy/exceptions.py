"""Chapters on what may lift or lower a tier: points, caps, decisions by hand, appeals."""

from __future__ import annotations

from tiering.report.handout import Handout
from tiering.report.story import Part, Table
from tiering.said.labels import customer_label
from tiering.said.rules import points_text, rule_name

MOST_ROWS = 40


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
