"""Load against capacity: hours the service levels ask for, by tier, by owner and by region."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.evaluate import Tiering
from tiering.strategy.resources.services import Values, customer_hours, served_as, tier_services


@dataclass(frozen=True)
class Capacity:
    """Hours there are: ``people`` of ``hours_each``; ``told_by`` says where the number of people comes from."""

    people: float
    hours_each: float
    told_by: str

    @property
    def hours(self) -> float:
        """All hours of a year."""
        return self.people * self.hours_each


def capacity(tiering: Tiering) -> Capacity:
    """People as typed, else the owners the data names, else as many as the service levels ask for, rounded up."""
    own = tiering.scenario.resources
    if own.people is not None:
        return Capacity(own.people, own.hours_per_person, "typed")
    owners = owners_of(tiering)
    if owners is not None:
        return Capacity(float(owners.nunique()), own.hours_per_person, "owners")
    needed = np.ceil(customer_hours(tiering).sum() / own.hours_per_person)
    return Capacity(float(max(needed, 1.0)), own.hours_per_person, "needed")


def served_now(tiering: Tiering) -> NDArray[np.bool_]:
    """Who gets the service of its tier (n,): from the top tier down, biggest first, until the hours run out."""
    tiers, hours = served_as(tiering), customer_hours(tiering)
    order = np.argsort(tiers, kind="stable")
    served = np.zeros(tiers.size, dtype=bool)
    served[order] = np.cumsum(hours[order]) <= capacity(tiering).hours
    return served


def owners_of(tiering: Tiering) -> pd.Series | None:
    """Owner of each customer, missing where blank; None where the data names nobody."""
    return _words(tiering.base.customers, "owner")


def tier_loads(tiering: Tiering) -> pd.DataFrame:
    """One row per tier, top first: ``name``, ``customers``, ``visits``, ``hours`` a year, ``people`` they take."""
    services, tiers = tier_services(tiering.scenario), served_as(tiering)
    counts = np.bincount(tiers, minlength=len(services))
    loads = pd.DataFrame(
        {
            "name": [service.name for service in services],
            "customers": counts,
            "visits": counts * np.array([service.visits for service in services]),
            "hours": counts * np.array([service.hours for service in services]),
        }
    )
    return loads.assign(people=loads["hours"] / tiering.scenario.resources.hours_per_person)


def owner_loads(tiering: Tiering) -> pd.DataFrame:
    """One row per owner, most loaded first, last the customers without one (``name`` missing).

    Columns: ``name``, ``customers``, ``revenue``, ``hours``, ``capacity`` (an equal part of all hours; NaN for
    customers without an owner), ``load`` (hours over capacity, 1 = full).
    """
    owners = owners_of(tiering)
    assert owners is not None, "ask only where owners are named"
    loads = _sums(tiering, owners)
    each = capacity(tiering).hours / owners.nunique()
    loads["capacity"] = np.where(loads["name"].notna(), each, np.nan)
    return _most_loaded_first(loads)


def region_loads(tiering: Tiering) -> pd.DataFrame | None:
    """As ``owner_loads`` per region; None without regions.

    An owner's hours go to the regions of its customers in the proportion of the hours they take; without owners all
    hours are spread over the regions evenly by load, so that every region is as full as the whole.
    """
    regions = _words(tiering.base.customers, "region")
    if regions is None:
        return None
    loads = _sums(tiering, regions)
    given = pd.Series(_hours_given(tiering)).groupby(regions.fillna("").to_numpy()).sum()
    loads["capacity"] = loads["name"].fillna("").map(given).to_numpy(dtype=np.float64)
    return _most_loaded_first(loads)


def _hours_given(tiering: Tiering) -> Values:
    """Hours of capacity (n,) that fall to each customer: its owner's, by the hours it takes."""
    hours, owners, all_hours = customer_hours(tiering), owners_of(tiering), capacity(tiering).hours
    if owners is None:
        return hours * (all_hours / hours.sum() if hours.sum() > 0 else 0.0)
    each = all_hours / owners.nunique()
    taken = pd.Series(hours).groupby(owners.to_numpy()).transform("sum").to_numpy(dtype=np.float64)
    return np.where(taken > 0, hours / np.where(taken > 0, taken, 1.0) * each, 0.0)


def _sums(tiering: Tiering, groups: pd.Series) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "name": groups.fillna("").to_numpy(dtype=object),
            "customers": 1,
            "revenue": tiering.base.revenue,
            "hours": customer_hours(tiering),
        }
    )
    sums = table.groupby("name", sort=True).sum().reset_index()
    return sums.assign(name=sums["name"].astype(object).where(sums["name"] != "", None))


def _most_loaded_first(loads: pd.DataFrame) -> pd.DataFrame:
    capacities = loads["capacity"].where(loads["capacity"] > 0)
    loads = loads.assign(load=loads["hours"] / capacities)
    return loads.sort_values(["load", "name"], ascending=[False, True], kind="stable", ignore_index=True)


def _words(customers: pd.DataFrame, column: str) -> pd.Series | None:
    """Column of words, blanks missing; None where it is not there or empty."""
    if column not in customers:
        return None
    words = customers[column].astype(object)
    words = words.where(words.notna(), None).map(lambda word: str(word).strip() or None if word is not None else None)
    return words if words.notna().any() else None
