"""Chapters on what the tiers are for and what decides them."""

from __future__ import annotations

import numpy as np

from tiering.evaluate import Tiering
from tiering.indicators.selection import chosen_indicators, is_expected
from tiering.report.handout import Handout
from tiering.report.story import Part, Table, lines_part
from tiering.said.provisional import provisional_notes
from tiering.said.tables import knows_revenue, tier_rows
from tiering.tiers.score import effective_weights


def purpose_chapter(handout: Handout) -> Part:
    """What the tiers are for, how many there are, and what they hold today."""
    words, tiering = handout.words, handout.tiering
    scenario = tiering.scenario
    columns = ("tier", "customers", "customer_share", *(["revenue_share"] if knows_revenue(tiering) else []))
    rows = tuple(
        (name, words.number(n), words.percent(share, 1), *([] if revenue is None else [words.percent(revenue, 1)]))
        for name, n, share, _, revenue, _ in tier_rows(tiering, words("tier.unscored"))
    )
    headers = tuple(words(f"report.summary.{key}") for key in columns)
    return Part(
        words("policy.purpose.title"),
        (
            words("policy.purpose.why"),
            words(
                "policy.purpose.goal", goal=words(f"goal.{scenario.goal}"), why=words(f"goal.reason.{scenario.goal}")
            ),
            words("policy.purpose.tiers", n=len(scenario.tiers), tiers=" / ".join(scenario.tiers)),
        ),
        Table(headers, rows, tuple(key != "tier" for key in columns), tiers=0),
    )


def _how(tiering: Tiering) -> str:
    """By what rule weights make a score, or that the tiers do not follow it."""
    if not tiering.scenario.drawn_by_score:
        return "idle"
    return "how_geometric" if tiering.base.matrix.geometric else "how"


def criteria_chapter(handout: Handout) -> Part:
    """Indicators with weight, share and effective weight; those the data lacks are named, not hidden."""
    words, tiering = handout.words, handout.tiering
    weights = tiering.scenario.weights
    keys = tiering.base.matrix.keys
    set_weights = np.array([weights.get(key, 0) for key in keys], dtype=np.float64)
    effective = dict(zip(keys, effective_weights(set_weights, tiering.base.covariance), strict=True))
    whole = max(set_weights.sum(), 1.0)
    rows: list[tuple[str, ...]] = []
    lacking: dict[str, list[str]] = {}
    for indicator in chosen_indicators(tiering.scenario.measures):
        key, weight = indicator.key, weights.get(indicator.key, 0)
        label = words(f"indicator.{key}.label")
        if weight and key in effective:
            shares = (words.percent(weight / whole, 1), words.percent(effective[key], 1))
            rows.append((label, words.number(weight), *shares, words(f"indicator.{key}.hint")))
        elif weight and is_expected(indicator):
            lacking.setdefault(_needs(handout, key), []).append(label)
    uncounted = (
        words("policy.criteria.lacking", name=words.listed(names), needs=needs) for needs, names in lacking.items()
    )
    headers = tuple(words(f"policy.criteria.{key}") for key in ("indicator", "weight", "share", "effective", "meaning"))
    return Part(
        words("policy.criteria.title"),
        (words(f"policy.criteria.{_how(tiering)}"), *uncounted),
        Table(headers, tuple(rows), (False, True, True, True, False)),
        note=words("story.weights.note"),
    )


def _needs(handout: Handout, key: str) -> str:
    return handout.words(f"needs.{handout.tiering.base.matrix.unavailable[key]}")


def lines_chapter(handout: Handout) -> Part:
    """Where the tiers begin."""
    found = lines_part(handout)
    title = handout.words("policy.lines.title")
    return Part(title, found.sentences, found.table, note=found.note)


def newcomers_chapter(handout: Handout) -> Part:
    """How customers with a short history or little known of them are treated."""
    words = handout.words
    how = handout.tiering.scenario.newcomers
    rules = [words("policy.newcomers.short", n=how.months) if how.annualise else words("policy.newcomers.plain")]
    if how.annualise and how.prospects:
        rules.append(words("policy.newcomers.prospects"))
    if knows_revenue(handout.tiering):
        rules.append(words("policy.newcomers.lapsed"))
    rules.append(words("policy.newcomers.missing"))
    return Part(words("policy.newcomers.title"), (*rules, *provisional_notes(handout.tiering, words)))
