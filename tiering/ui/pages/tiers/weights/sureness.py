"""How sure the tiers shown are, computed once for each scenario and way of sampling."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from tiering.tiers.robustness import (
    Flips,
    Rows,
    Shares,
    borderline,
    final_flips,
    final_shares,
    kept_final_shares,
    smallest_flips,
    standings,
    tier_shares,
)
from tiering.tiers.score import weight_vector
from tiering.tiers.weightings import Sampling, sampled_weightings
from tiering.ui.base.cached import Shown

DRAWS = 1000
SEED = 1
MOST_ROWS = 200


@dataclass(frozen=True)
class Sureness:
    """How sure each customer's tier is, and more about the borderline ones with most revenue at stake.

    ``kept`` (n,) share of the weightings that keep the tier; ``rows`` all borderline customers, biggest stake first;
    ``elsewhere`` (tiers, m) and ``flips`` for the first m of them.
    """

    kept: Shares
    standing: np.ndarray
    rows: Rows
    elsewhere: Shares
    flips: Flips

    def count(self, standing: int) -> int:
        """How many customers are firm (0), leaning (1) or open (2)."""
        return int(np.count_nonzero(self.standing == standing))


def looked_up(shown: Shown, sampling: Sampling) -> Sureness | None:
    """What was computed for this scenario before, None where it was not."""
    return _kept(shown.dataset.fingerprint, shown.tiering.scenario.model_dump_json(), sampling).get("sureness")


def compute(shown: Shown, sampling: Sampling, progress: Callable[[float], None]) -> Sureness:
    """Sample the weightings, count, and remember the answer for this session."""
    tiering = shown.tiering
    matrix, positions, base, settled = tiering.base.matrix, tiering.positions, tiering.base_tiers, tiering.settlement
    weightings = sampled_weightings(weight_vector(matrix, tiering.scenario.weights), sampling, DRAWS, SEED)
    kept = kept_final_shares((matrix, weightings, positions), base, settled, progress)
    rows = borderline(kept, tiering.base.revenue)
    listed = rows[:MOST_ROWS]
    by_base = tier_shares(matrix, weightings, positions, listed)
    flips = smallest_flips(matrix, tiering.scenario.weights, positions, base, listed)
    elsewhere = final_shares(by_base, settled, listed)
    sureness = Sureness(kept, standings(kept), rows, elsewhere, final_flips(flips, settled, base, listed))
    _kept(shown.dataset.fingerprint, tiering.scenario.model_dump_json(), sampling)["sureness"] = sureness
    return sureness


@st.cache_resource(scope="session", max_entries=3, show_spinner=False)
def _kept(fingerprint: str, settings: str, sampling: str) -> dict[str, Any]:
    """A place for one answer: looking it up costs nothing, filling it is asked for."""
    return {}
