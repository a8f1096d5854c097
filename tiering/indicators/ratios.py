"""Ratios the indicators read that neither the orders nor the customers file hold as they are."""

from __future__ import annotations

from datetime import date

import pandas as pd


def with_ratios(table: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Customer table → the same with further columns where their parts are there.

    ``gap_variation``: deviation of the gaps by their mean; ``silence``: recency in own gaps, both from three gaps
    on; ``trend``: half-year trend −1..1; ``retention``: share of the revenue of the window before that was kept,
    0..1; ``wallet_share``: annual revenue by wallet; ``contract_days``: days left of the contract. A column of the
    customers file stands where there are no parts.
    """
    told = {**_rhythm(table), **_trend(table), **_retention(table), **_wallet(table), **_contract(table, as_of)}
    return table.assign(**{name: _filled(values, table, name) for name, values in told.items()})


def _filled(values: pd.Series, table: pd.DataFrame, name: str) -> pd.Series:
    return values.fillna(table[name]) if name in FROM_EITHER & set(table) else values


FROM_EITHER = {"retention", "wallet_share", "contract_days"}


def _rhythm(table: pd.DataFrame) -> dict[str, pd.Series]:
    if not {"gaps", "gap_mean_days", "gap_std_days", "recency_days"} <= set(table):
        return {}
    gap = table["gap_mean_days"].where((table["gaps"] >= 3) & (table["gap_mean_days"] > 0))
    return {"gap_variation": table["gap_std_days"] / gap, "silence": table["recency_days"] / gap}


def _trend(table: pd.DataFrame) -> dict[str, pd.Series]:
    if not {"recent_half_revenue", "earlier_half_revenue"} <= set(table):
        return {}
    recent = table["recent_half_revenue"].clip(lower=0)
    earlier = table["earlier_half_revenue"].clip(lower=0)
    total = recent + earlier
    return {"trend": (recent - earlier) / total.where(total > 0)}


def _retention(table: pd.DataFrame) -> dict[str, pd.Series]:
    if not {"annual_revenue", "growth", "prior_revenue"} <= set(table):
        return {}
    # growth is told only where the data cover the window before
    return {"retention": (table["growth"] + 1).clip(0, 1)}


def _wallet(table: pd.DataFrame) -> dict[str, pd.Series]:
    if not {"annual_revenue", "wallet"} <= set(table):
        return {}
    return {"wallet_share": table["annual_revenue"] / table["wallet"].where(table["wallet"] > 0)}


def _contract(table: pd.DataFrame, as_of: date | None) -> dict[str, pd.Series]:
    if "contract_end" not in table or as_of is None:
        return {}
    left = pd.to_datetime(table["contract_end"], errors="coerce") - pd.Timestamp(as_of)
    return {"contract_days": left.dt.days.astype("float64")}
