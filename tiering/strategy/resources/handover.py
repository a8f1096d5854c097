"""Customers that could change hands so that no owner has more than fits, and the best hands for them."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix, eye, kron, vstack

from tiering.evaluate import Tiering
from tiering.strategy.resources.load import capacity, owners_of
from tiering.strategy.resources.services import customer_hours

MOST_CELLS = 60_000
STAY, SAME_REGION = 1.0, 0.3


def handovers(tiering: Tiering) -> pd.DataFrame | None:
    """One row per customer who changes hands: ``row`` in the customer table, ``from_owner``, ``to_owner``, ``hours``.

    Only customers of overloaded owners may move; revenue stays with its owner as far as possible and otherwise goes
    to owners who have customers in the same region. None where all hours together do not fit, or no answer came.
    """
    owners = owners_of(tiering)
    assert owners is not None, "ask only where owners are named"
    names, hours = np.array(sorted(owners.dropna().unique()), dtype=object), customer_hours(tiering)
    codes = pd.Categorical(owners, categories=names).codes.astype(np.intp)
    each = capacity(tiering).hours / len(names)
    loads = np.bincount(codes[codes >= 0], hours[codes >= 0], len(names))
    movable = np.flatnonzero((codes >= 0) & (loads[codes] > each))
    if movable.size * len(names) > MOST_CELLS:
        return None
    if not movable.size:
        return _rows(tiering, movable, codes, names)
    fixed = np.where(loads > each, 0.0, loads)
    fit = _fit(tiering, codes, movable, len(names))
    chosen = best_assignment(fit, hours[movable], each - fixed)
    if chosen is None:
        return None
    changed = codes.copy()
    changed[movable] = chosen
    return _rows(tiering, np.flatnonzero(changed != codes), codes, names, changed)


def _fit(tiering: Tiering, codes: np.ndarray, movable: np.ndarray, owners: int) -> np.ndarray:
    """Revenue times 1 with the present owner, times 0.3 with one of the same region, else nothing."""
    fit = np.zeros((movable.size, owners))
    customers = tiering.base.customers
    if "region" in customers:
        regions = pd.Series(customers["region"].astype(object)).fillna("").to_numpy()
        known = codes >= 0
        present = pd.crosstab(regions[known], codes[known]).reindex(columns=range(owners), fill_value=0) > 0
        fit = SAME_REGION * present.reindex(regions[movable]).to_numpy(dtype=float)
    fit[np.arange(movable.size), codes[movable]] = STAY
    return fit * np.maximum(tiering.base.revenue[movable], 1.0)[:, None]


def _rows(
    tiering: Tiering, rows: np.ndarray, codes: np.ndarray, names: np.ndarray, changed: np.ndarray | None = None
) -> pd.DataFrame:
    after = codes if changed is None else changed
    return pd.DataFrame(
        {
            "row": rows,
            "from_owner": names[codes[rows]],
            "to_owner": names[after[rows]],
            "hours": customer_hours(tiering)[rows],
        }
    )


Values = NDArray[np.float64]


def best_assignment(fit: Values, hours: Values, capacity: Values, seconds: float = 5.0) -> NDArray[np.intp] | None:
    """Manager (n,) of each customer: greatest sum of ``fit`` (n, m) with ``hours`` (n,) within ``capacity`` (m,).

    The generalised assignment problem by HiGHS; None where the customers do not fit at all, or no answer came in
    time.
    """
    customers, managers = fit.shape
    each_once = kron(eye(customers), np.ones((1, managers)))
    loads = kron(np.asarray(hours, float)[None, :], eye(managers))
    found = milp(
        -fit.ravel(),
        constraints=LinearConstraint(
            csr_matrix(vstack([each_once, loads])),
            [*np.ones(customers), *np.full(managers, -np.inf)],
            [*np.ones(customers), *capacity],
        ),
        integrality=np.ones(fit.size),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 1e-6, "time_limit": seconds},
    )
    if found.x is None:
        return None
    return np.asarray(found.x.reshape(fit.shape).argmax(axis=1))
