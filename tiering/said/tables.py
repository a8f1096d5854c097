"""Tiers, groups, tiers set by hand and appeals as tables: what pages and papers list."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tiering.evaluate import Tiering, tier_names
from tiering.said.kinds import Kind
from tiering.said.labels import customer_labels
from tiering.tiers.overrides import Entry, EntryStatus, by_hand
from tiering.views.group_tiers import GroupTiers
from tiering.words import Words

ORDER = tuple(EntryStatus)
COLUMNS: tuple[tuple[str, Kind], ...] = (
    ("tier", "text"),
    ("customers", "count"),
    ("customer_share", "share"),
    ("revenue", "money"),
    ("revenue_share", "share"),
    ("average", "money"),
)

UNKNOWN = (None, None, None)
TierRow = tuple[str, int, float, float | None, float | None, float | None]


def ledger_entries(tiering: Tiering) -> tuple[Entry, ...]:
    """Entries of the scenario's ledger with their standing in this data, in the ledger's order."""
    if tiering.adjustments is not None:
        return tiering.adjustments.hand.entries
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
    ruled = tiering.base_tiers if tiering.adjustments is None else tiering.adjustments.by_rule(tiering.base_tiers)
    names = np.array([*tiering.scenario.tiers, ""], dtype=object)[ruled[rows]]
    return [_tier(name, row, words) for name, row in zip(names, rows, strict=True)]


def _tier(name: str, row: int, words: Words) -> str:
    return "" if row < 0 else name or words("tier.unscored")


def groups_table(tiering: Tiering, found: GroupTiers, words: Words) -> pd.DataFrame:
    """``group``, ``sites``, ``group_tier``, ``annual_revenue`` (of all sites), ``sites_apart``; biggest first."""
    return pd.DataFrame(
        {
            "group": _group_names(tiering, found.groups["group"]),
            "sites": found.groups["sites"].astype("float64"),
            "group_tier": _tiers(tiering, found.groups["tier"], words),
            "annual_revenue": found.groups["annual_revenue"],
            "sites_apart": found.groups["apart"].astype("float64"),
        }
    )


def contradictions_table(tiering: Tiering, found: GroupTiers, words: Words) -> pd.DataFrame:
    """``customer_id``, ``customer_name``, ``tier``, ``group_tier``, ``apart``, ``annual_revenue``, ``group``."""
    listed = found.contradictions
    customers = tiering.base.customers.iloc[listed["row"]]
    return pd.DataFrame(
        {
            "customer_id": customers["customer_id"].to_numpy(),
            "customer_name": customer_labels(customers),
            "tier": _tiers(tiering, listed["tier"], words),
            "group_tier": _tiers(tiering, listed["group_tier"], words),
            "apart": [_apart(int(steps), words) for steps in listed["apart"]],
            "annual_revenue": listed["annual_revenue"],
            "group": _group_names(tiering, listed["group"]),
        }
    )


def _group_names(tiering: Tiering, groups: pd.Series) -> list[str]:
    customers = tiering.base.customers
    known = customers[customers["customer_id"].isin(groups)]
    names = dict(zip(known["customer_id"].astype(str), customer_labels(known), strict=True))
    return [names.get(str(group), str(group)) for group in groups]


def _tiers(tiering: Tiering, numbers: pd.Series, words: Words) -> list[str]:
    names = np.array([*tiering.scenario.tiers, words("tier.unscored")], dtype=object)
    return names[numbers.to_numpy(dtype=np.intp)].tolist()


def _apart(steps: int, words: Words) -> str:
    return words("group.above" if steps > 0 else "group.below", n=abs(steps))


def tier_rows(tiering: Tiering, unscored: str) -> list[TierRow]:
    """One row per tier, and one for the customers without a score where there are any.

    Columns: name, customers, their share, revenue in the window, its share, average per customer. Money that the data
    does not tell, and the average of nobody, is None.
    """
    totals, known = tiering.totals, knows_revenue(tiering)
    names = [*tiering.scenario.tiers, unscored]
    everybody = int(totals.customers.sum())
    rows = []
    for position, name in enumerate(names):
        count, revenue = int(totals.customers[position]), float(totals.revenue[position])
        if count or position < len(tiering.scenario.tiers):
            average = revenue / count if count else None
            money = (revenue, float(totals.shares[position]), average) if known else UNKNOWN
            rows.append((name, count, count / everybody, *money))
    return rows


def total_row(tiering: Tiering, name: str) -> TierRow:
    """All customers together, in the columns of ``tier_rows``."""
    count, revenue = int(tiering.totals.customers.sum()), float(tiering.totals.revenue.sum())
    money = (revenue, float(tiering.totals.shares.sum()), revenue / count) if knows_revenue(tiering) else UNKNOWN
    return (name, count, 1.0, *money)


def knows_revenue(tiering: Tiering, rows: np.ndarray | slice = slice(None)) -> bool:
    """Whether the data tells any revenue of these customers: where it does not, nothing is said rather than nought."""
    customers = tiering.base.customers
    return "annual_revenue" in customers and bool(customers["annual_revenue"][rows].notna().any())
