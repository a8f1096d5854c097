"""An action in words: title, money, and the reason for each customer."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from tiering.strategy.actions import Action
from tiering.strategy.evidence import Evidence
from tiering.strategy.look_alikes import MissingCategory
from tiering.strategy.recommend import named
from tiering.strategy.rules import Situation
from tiering.ui import cached
from tiering.ui.cached import Shown
from tiering.ui.segments import behind
from tiering.words import Words
from tiering.words.advice import reason, recommendation_card

NAMED = 3


def card(shown: Shown, action: Action, words: Words) -> dict[str, str]:
    """``title``, ``detail``, ``money`` of an action, plain text."""
    currency = shown.dataset.currency
    if isinstance(action.source, MissingCategory):
        return _offer(shown, action, action.source, words)
    first = tuple(named(_situation(shown), action.source.kind, int(row)) for row in action.rows[:NAMED])
    return recommendation_card(
        replace(action.source, rows=action.rows, money=action.total, named=first), words, currency
    )


def _offer(shown: Shown, action: Action, offer: MissingCategory, words: Words) -> dict[str, str]:
    ids = shown.tiering.base.customers["customer_id"].iloc[action.rows[:NAMED]]
    names = words("strategy.names.between").join(behind.names(shown, ids).astype(str))
    if len(action.rows) > NAMED:
        names = words("strategy.names.more", names=names, n=len(action.rows) - NAMED)
    usual = words.money(offer.usual, shown.dataset.currency)
    return {
        "title": words("strategy.move.cross.title", n=len(action.rows), category=offer.category),
        "detail": words("strategy.move.cross.detail", names=names, share=words.percent(offer.share), usual=usual),
        "money": words("strategy.money.category_gap", money=words.money(action.total, shown.dataset.currency)),
    }


def call_list(shown: Shown, action: Action, words: Words) -> pd.DataFrame:
    """One row per customer: id, name, tier, owner and region where known, money, reason, due day."""
    customers = shown.tiering.base.customers.iloc[action.rows]
    ids = customers["customer_id"].reset_index(drop=True)
    tiers = [*shown.tiering.scenario.tiers, ""]
    known = {name: customers[name].to_numpy() for name in ("owner", "region") if name in customers}
    return pd.DataFrame(
        {
            "customer_id": ids,
            "customer": behind.names(shown, ids),
            "tier": [tiers[tier] for tier in shown.tiering.tiers[action.rows]],
            **known,
            "money": action.money.round(2),
            "reason": _reasons(shown, action, words),
            "due": [action.due] * len(ids),
        }
    )


def labels(rows: pd.DataFrame, words: Words) -> dict[str, str]:
    """Headers of a call list."""
    said = {
        "customer_id": words("field.customer_id.label"),
        "customer": words("field.customer_name.label"),
        "tier": words("resources.tier"),
        "owner": words("field.owner.label"),
        "region": words("field.region.label"),
        "money": words("actions.money"),
        "reason": words("actions.reason"),
        "due": words("actions.due_column"),
    }
    return {name: label for name, label in said.items() if name in rows}


def _reasons(shown: Shown, action: Action, words: Words) -> list[str]:
    if isinstance(action.source, MissingCategory):
        revenue = shown.tiering.base.revenue[action.rows]
        currency = shown.dataset.currency
        return [words("strategy.reason.buys", spend=words.money(float(spend), currency)) for spend in revenue]
    now, kind = _situation(shown), action.source.kind
    return [reason(named(now, kind, int(row)), words) for row in action.rows]


def _situation(shown: Shown) -> Situation:
    evidence: Evidence = cached.evidence(shown)
    return Situation(shown.tiering, evidence)
