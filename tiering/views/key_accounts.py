"""Key accounts in three steps: the few who make most of it, where they are, and which team looks after them."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.views.abc import A, abc_bands

Values = NDArray[np.float64]
TEAMS = ("headquarters", "regional", "city")
HEADQUARTERS, REGIONAL, CITY = range(3)


def key_accounts(worth: Values, share: float = 0.8) -> NDArray[np.bool_]:
    """Revenue or profit (n,) → whether a customer is in the smallest set that reaches ``share`` of the positive sum."""
    return np.asarray(abc_bands(np.nan_to_num(worth), (share, share)) == A)


def teams(groups: pd.Series, regions: pd.Series, cities: pd.Series) -> NDArray[np.int8]:
    """Codes into `TEAMS` by the footprint of the group a customer belongs to.

    Sites in two regions or more: headquarters; in two cities or more of one region: regional; else city. ``groups``:
    the group of each customer (itself where it has none); a missing place counts for nothing.
    """
    places = pd.DataFrame({"group": groups.to_numpy(), "region": regions.to_numpy(), "city": cities.to_numpy()})
    reach = places.groupby("group", sort=False)[["region", "city"]].nunique()
    team = np.select([reach["region"] >= 2, reach["city"] >= 2], [HEADQUARTERS, REGIONAL], CITY)
    return pd.Series(team, index=reach.index).reindex(places["group"]).to_numpy(dtype=np.int8)


def groups_of(customers: pd.DataFrame) -> pd.Series:
    """Group of each customer: its parent's id, or its own where it has none."""
    ids = customers["customer_id"]
    return customers["parent_id"].where(customers["parent_id"].notna(), ids) if "parent_id" in customers else ids


def places(customers: pd.DataFrame, worth: Values, is_key: NDArray[np.bool_], by: list[str]) -> pd.DataFrame:
    """Customers → one row per place (``by``: region, or region and city) with a key account, most of their worth first.

    Columns: those of ``by``, ``key_accounts``, ``key_worth``, ``worth`` of all customers there, ``key_share`` (0..1),
    ``around`` (other customers there) and ``growth`` of all of the place against the window before, NaN where not
    told: of the others alone it would always look like a fall, since who grew enough has become a key account.
    """
    table = (
        customers[by]
        .fillna("")
        .assign(
            worth=np.nan_to_num(worth),
            key_worth=np.where(is_key, np.nan_to_num(worth), 0.0),
            key_accounts=is_key,
            around=~is_key,
            now=_money(customers, "annual_revenue"),
            before=_money(customers, "prior_revenue"),
        )
    )
    sums = table.groupby(by, sort=True).sum()
    sums = sums[sums["key_accounts"] > 0].reset_index()
    sums["key_share"] = sums["key_worth"] / sums["worth"].where(sums["worth"] > 0)
    sums["growth"] = sums["now"] / sums["before"].where(sums["before"] > 0) - 1
    listed = [*by, "key_accounts", "key_worth", "worth", "key_share", "around", "growth"]
    return sums.sort_values("key_worth", ascending=False, kind="stable", ignore_index=True)[listed]


def _money(customers: pd.DataFrame, column: str) -> Values:
    """Column of money, 0 where it is not known or not there."""
    if column not in customers:
        return np.zeros(len(customers))
    return customers[column].fillna(0.0).to_numpy(dtype=np.float64)
