"""Customers to account managers: the best fit with nobody over capacity."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix, eye, kron, vstack

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
