"""An action in words: title, money, and the call list with the reason for each customer."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from tiering.evaluate import Tiering
from tiering.said.labels import customer_labels
from tiering.strategy.actions import Action, Rows
from tiering.strategy.look_alikes import MissingCategory
from tiering.strategy.reasons import named
from tiering.strategy.recommend import signs_of
from tiering.strategy.situation import Situation
from tiering.words import Words
from tiering.words.advice import reason, recommendation_card

NAMED = 3


@dataclass(frozen=True)
class CallListContext:
    """What the words need: the situation of the customers, and the sign of their money."""

    situation: Situation
    currency: str

    @property
    def tiering(self) -> Tiering:
        """The tiers of the moment."""
        return self.situation.tiering

    def names_of(self, rows: Rows) -> list[str]:
        """What the customers of some rows are called."""
        return customer_labels(self.tiering.base.customers.iloc[rows])


def card(known: CallListContext, action: Action, words: Words) -> dict[str, str]:
    """``title``, ``detail``, ``money`` of an action, plain text."""
    if isinstance(action.source, MissingCategory):
        return _offer(known, action, action.source, words)
    kind, now = action.source.kind, known.situation
    first = tuple(named(now, kind, int(row)) for row in action.rows[:NAMED])
    signs = signs_of(now, kind, action.rows)
    return recommendation_card(
        replace(action.source, rows=action.rows, money=action.total, named=first, signs=signs), words, known.currency
    )


def _offer(known: CallListContext, action: Action, offer: MissingCategory, words: Words) -> dict[str, str]:
    names = words("strategy.names.between").join(known.names_of(action.rows[:NAMED]))
    if len(action.rows) > NAMED:
        names = words("strategy.names.more", names=names, n=len(action.rows) - NAMED)
    share = float(offer.shares[np.isin(offer.rows, action.rows)].min())
    return {
        "title": words("strategy.move.cross.title", n=len(action.rows), category=offer.category),
        "detail": words("strategy.move.cross.detail", names=names, share=words.percent(share)),
        "money": words("strategy.money.category_gap", money=words.money(action.total, known.currency)),
    }


def call_list(known: CallListContext, action: Action, words: Words) -> pd.DataFrame:
    """One row per customer: id, name, tier, owner and region where known, money, reason, due day."""
    customers = known.tiering.base.customers.iloc[action.rows]
    tiers = [*known.tiering.scenario.tiers, ""]
    columns = {name: customers[name].to_numpy() for name in ("owner", "region") if name in customers}
    return pd.DataFrame(
        {
            "customer_id": customers["customer_id"].reset_index(drop=True),
            "customer": known.names_of(action.rows),
            "tier": [tiers[tier] for tier in known.tiering.tiers[action.rows]],
            **columns,
            "money": action.money.round(2),
            "reason": _reasons(known, action, words),
            "due": [action.due] * len(action.rows),
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


def _reasons(known: CallListContext, action: Action, words: Words) -> list[str]:
    if isinstance(action.source, MissingCategory):
        return _offered(known, action, action.source, words)
    now, kind = known.situation, action.source.kind
    return [reason(named(now, kind, int(row)), words) for row in action.rows]


def _offered(known: CallListContext, action: Action, offer: MissingCategory, words: Words) -> list[str]:
    """For each customer how many of its like buy the category, and what those spend on it."""
    places = dict(zip(offer.rows.tolist(), range(offer.rows.size), strict=True))
    return [
        words(
            "strategy.reason.lacks",
            category=offer.category,
            share=words.percent(float(offer.shares[places[row]])),
            usual=words.money(float(offer.usual[places[row]]), known.currency),
        )
        for row in action.rows.tolist()
    ]
