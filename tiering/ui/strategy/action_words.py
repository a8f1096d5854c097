"""An action in words: title, money, and the reason for each customer."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from tiering.strategy.actions import Action
from tiering.strategy.look_alikes import MissingCategory
from tiering.strategy.recommend import named
from tiering.strategy.rules import Situation
from tiering.ui import cached
from tiering.ui.cached import Shown
from tiering.ui.segments.looked_up import names_by_id
from tiering.words import Words
from tiering.words.advice import reason, recommendation_card

NAMED = 3


@dataclass(frozen=True)
class Told:
    """What the words need, looked up while the page is drawn: a file is made later, outside the session."""

    shown: Shown
    situation: Situation
    names: pd.Series

    def names_of(self, ids: pd.Series) -> pd.Series:
        """Name of each of ``ids``; the id where there is none."""
        found = ids.map(self.names)
        return found.where(found.notna(), ids)


def told(shown: Shown) -> Told:
    """Look up what the words of the actions need."""
    return Told(shown, Situation(shown.tiering, cached.evidence(shown)), names_by_id(shown))


def card(known: Told, action: Action, words: Words) -> dict[str, str]:
    """``title``, ``detail``, ``money`` of an action, plain text."""
    currency = known.shown.dataset.currency
    if isinstance(action.source, MissingCategory):
        return _offer(known, action, action.source, words)
    first = tuple(named(known.situation, action.source.kind, int(row)) for row in action.rows[:NAMED])
    return recommendation_card(
        replace(action.source, rows=action.rows, money=action.total, named=first), words, currency
    )


def _offer(known: Told, action: Action, offer: MissingCategory, words: Words) -> dict[str, str]:
    shown = known.shown
    ids = shown.tiering.base.customers["customer_id"].iloc[action.rows[:NAMED]]
    names = words("strategy.names.between").join(known.names_of(ids).astype(str))
    if len(action.rows) > NAMED:
        names = words("strategy.names.more", names=names, n=len(action.rows) - NAMED)
    usual = words.money(offer.usual, shown.dataset.currency)
    return {
        "title": words("strategy.move.cross.title", n=len(action.rows), category=offer.category),
        "detail": words("strategy.move.cross.detail", names=names, share=words.percent(offer.share), usual=usual),
        "money": words("strategy.money.category_gap", money=words.money(action.total, shown.dataset.currency)),
    }


def call_list(known: Told, action: Action, words: Words) -> pd.DataFrame:
    """One row per customer: id, name, tier, owner and region where known, money, reason, due day."""
    shown = known.shown
    customers = shown.tiering.base.customers.iloc[action.rows]
    ids = customers["customer_id"].reset_index(drop=True)
    tiers = [*shown.tiering.scenario.tiers, ""]
    columns = {name: customers[name].to_numpy() for name in ("owner", "region") if name in customers}
    return pd.DataFrame(
        {
            "customer_id": ids,
            "customer": known.names_of(ids),
            "tier": [tiers[tier] for tier in shown.tiering.tiers[action.rows]],
            **columns,
            "money": action.money.round(2),
            "reason": _reasons(known, action, words),
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


def _reasons(known: Told, action: Action, words: Words) -> list[str]:
    if isinstance(action.source, MissingCategory):
        revenue = known.shown.tiering.base.revenue[action.rows]
        currency = known.shown.dataset.currency
        return [words("strategy.reason.buys", spend=words.money(float(spend), currency)) for spend in revenue]
    now, kind = known.situation, action.source.kind
    return [reason(named(now, kind, int(row)), words) for row in action.rows]
