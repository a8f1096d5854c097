"""The ledger of tiers set by hand, and the appeals, as tables: what pages and papers list."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tiering.evaluate import Tiering, tier_names
from tiering.said.labels import customer_labels
from tiering.tiers.overrides import Entry, Standing, by_hand
from tiering.words import Words

ORDER = tuple(Standing)


def ledger_entries(tiering: Tiering) -> tuple[Entry, ...]:
    """Entries of the scenario's ledger with their standing in this data, in the ledger's order."""
    if tiering.settlement is not None:
        return tiering.settlement.hand.entries
    ids = tiering.base.customers["customer_id"].to_numpy(dtype=object)
    return by_hand(ids, tiering.scenario.ledger, tiering.scenario.tiers, tiering.base.as_of).entries


def ledger_table(tiering: Tiering, words: Words) -> pd.DataFrame:
    """One row per entry, those in force first.

    Columns: ``customer_id``, ``customer_name``, ``ledger_standing``, ``by_rule`` and ``by_hand`` (tier names),
    ``reason``, ``owner``, ``since``, ``expires``, ``annual_revenue``; of a vanished customer there is no figure.
    """
    entries = sorted(ledger_entries(tiering), key=lambda entry: ORDER.index(entry.standing))
    rows = np.array([entry.row for entry in entries], dtype=np.intp)
    return pd.DataFrame(
        {
            "customer_id": [entry.override.customer_id for entry in entries],
            "customer_name": _names(tiering, rows),
            "ledger_standing": [words(f"ledger.standing.{entry.standing}") for entry in entries],
            "by_rule": _ruled(tiering, rows, words),
            "by_hand": [entry.override.tier for entry in entries],
            "reason": [entry.override.reason for entry in entries],
            "owner": [entry.override.owner for entry in entries],
            "since": [entry.override.since for entry in entries],
            "expires": [entry.override.expires for entry in entries],
            "annual_revenue": np.where(rows >= 0, tiering.base.revenue[rows], np.nan),
        }
    )


def appeals_table(tiering: Tiering, words: Words) -> pd.DataFrame:
    """One row per appeal in the order raised.

    Columns: ``customer_id``, ``customer_name``, ``raised``, ``by``, ``objection``, ``tier`` (objected to), ``asked``,
    ``decision``, ``answer``, ``now`` (tier today), ``annual_revenue``.
    """
    appeals = tiering.scenario.ledger.appeals
    place = {str(who): row for row, who in enumerate(tiering.base.customers["customer_id"])}
    rows = np.array([place.get(appeal.customer_id, -1) for appeal in appeals], dtype=np.intp)
    now = tier_names(tiering)[rows]
    return pd.DataFrame(
        {
            "customer_id": [appeal.customer_id for appeal in appeals],
            "customer_name": _names(tiering, rows),
            "raised": [appeal.raised for appeal in appeals],
            "by": [appeal.by for appeal in appeals],
            "objection": [appeal.objection for appeal in appeals],
            "tier": [appeal.tier for appeal in appeals],
            "asked": [appeal.asked for appeal in appeals],
            "decision": [words(f"ledger.decision.{appeal.decision}") for appeal in appeals],
            "answer": [appeal.answer for appeal in appeals],
            "now": [_tier(name, row, words) for name, row in zip(now, rows, strict=True)],
            "annual_revenue": np.where(rows >= 0, tiering.base.revenue[rows], np.nan),
        }
    )


def _names(tiering: Tiering, rows: np.ndarray) -> list[str]:
    labels = iter(customer_labels(tiering.base.customers.iloc[rows[rows >= 0]]))
    return [next(labels) if row >= 0 else "" for row in rows]


def _ruled(tiering: Tiering, rows: np.ndarray, words: Words) -> list[str]:
    ruled = tiering.base_tiers if tiering.settlement is None else tiering.settlement.by_rule(tiering.base_tiers)
    names = np.array([*tiering.scenario.tiers, ""], dtype=object)[ruled[rows]]
    return [_tier(name, row, words) for name, row in zip(names, rows, strict=True)]


def _tier(name: str, row: int, words: Words) -> str:
    return "" if row < 0 else name or words("tier.unscored")
