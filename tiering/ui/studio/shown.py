"""What the live studio shows, built from a tiering: no table, no widget, only arrays and words."""

from __future__ import annotations

from typing import cast

import numpy as np
from numpy.typing import NDArray

from tiering.evaluate import Tiering
from tiering.indicators.catalogue import GROUPS, Indicator
from tiering.indicators.selection import chosen_indicators, is_expected
from tiering.said.colours import Colour, tier_colour
from tiering.said.labels import customer_labels
from tiering.tiers.score import MILLI, UNSCORED, effective_weights, weight_vector
from tiering.tiers.totals import nearest_to_line, score_bins
from tiering.ui.studio.baseline import (
    changing_shifts,
    customers_above,
    line_mode,
    movers_from,
    movers_of_file,
    near,
    of_file,
    pinned,
    shares_above,
    studio_paths,
    tier_stacks,
    words_of_baseline,
)
from tiering.ui.studio.payload import Colour as ShownColour
from tiering.ui.studio.payload import (
    Group,
    IndicatorRow,
    Names,
    Pareto,
    Sensitivity,
    StudioPayload,
    Tier,
    large_units,
    studio_words,
)
from tiering.views.concentration import ParetoCurve
from tiering.views.existing_tier import existing_baseline
from tiering.words import Words

MOST_NAMES = 2000
NEIGHBOURS = 3
ROLES: dict[int, tuple[str, ...]] = {
    2: ("key", "general"),
    3: ("key", "important", "general"),
    4: ("key", "important", "growth", "general"),
}


def studio_payload(
    tiering: Tiering, baseline: Tiering, pareto: ParetoCurve, words: Words, currency: str
) -> StudioPayload:
    """Tiering + pinned baseline of the same customers → what the studio draws.

    ``seq``, ``names`` and ``notes`` are the caller's to fill in.
    """
    counts, money = score_bins(tiering.scores.milli, tiering.base.revenue)
    in_file = existing_baseline(tiering)
    return cast(
        StudioPayload,
        {
            "seq": 0,
            "locale": words.locale.tag,
            "units": large_units(words),
            "currency": currency,
            "dark": None,
            "words": studio_words(words) | words_of_baseline(in_file, words),
            "mode": line_mode(tiering),
            "tiers": _tiers(tiering, words),
            "groups": _groups(tiering, baseline if in_file is None else None, words),
            "lines": [position / MILLI for position in tiering.positions],
            "shares": shares_above(tiering),
            "above": customers_above(tiering),
            "paths": studio_paths(tiering),
            "stacks": tier_stacks(tiering),
            "counts": counts.tolist(),
            "revenue": np.round(money, 2).tolist(),
            "totals": _totals(tiering),
            "pareto": _pareto(pareto),
            "baseline": pinned(baseline) if in_file is None else of_file(in_file, tiering, words),
            "movers": (
                movers_from(baseline, tiering, words) if in_file is None else movers_of_file(in_file, tiering, words)
            ),
            "sensitivity": _sensitivity(tiering),
            "names": None,
            "notes": [],
        },
    )


def role_of(position: int, tiers: int, words: Words) -> str:
    """What a tier is called beside its letter; empty for five and six tiers."""
    return words(f"tier.role.{ROLES[tiers][position]}") if tiers in ROLES else ""


def _tiers(tiering: Tiering, words: Words) -> list[Tier]:
    names = tiering.scenario.tiers
    return [
        {
            "name": name,
            "label": role_of(position, len(names), words),
            "colour": _colour(tier_colour(name, position, tiering.scenario.hues)),
            "customers": int(tiering.totals.customers[position]),
            "revenue": float(tiering.totals.revenue[position]),
        }
        for position, name in enumerate(names)
    ]


def _colour(colour: Colour) -> ShownColour:
    return {"light": colour.light, "dark": colour.dark}


def _groups(tiering: Tiering, baseline: Tiering | None, words: Words) -> list[Group]:
    """What the data tells by group, and what it lacks behind it, so that nothing idle pushes a slider out of sight."""
    matrix = tiering.base.matrix
    vector = weight_vector(matrix, tiering.scenario.weights)
    effective = dict(zip(matrix.keys, effective_weights(vector, tiering.base.covariance).tolist(), strict=True))
    rows = {
        indicator: _indicator_row(indicator, tiering, baseline, effective.get(indicator.key), words)
        for indicator in chosen_indicators(tiering.scenario.measures)
        if indicator.key in effective or is_expected(indicator)
    }
    known = {indicator: row for indicator, row in rows.items() if row["available"]}
    groups: list[Group] = [
        {"label": words(f"group.{group}"), "indicators": [row for i, row in known.items() if i.group == group]}
        for group in GROUPS
    ]
    lacking = [row for row in rows.values() if not row["available"]]
    groups.append({"label": words("group.lacking"), "indicators": lacking})
    return [group for group in groups if group["indicators"]]


def _indicator_row(
    indicator: Indicator, tiering: Tiering, baseline: Tiering | None, effective: float | None, words: Words
) -> IndicatorRow:
    needs = tiering.base.matrix.unavailable.get(indicator.key)
    return {
        "key": indicator.key,
        "label": words(f"indicator.{indicator.key}.label"),
        "hint": words(f"indicator.{indicator.key}.hint"),
        "weight": tiering.scenario.weights.get(indicator.key, 0),
        "effective": effective,
        "less_is_better": not indicator.more_is_better,
        "available": needs is None,
        "reason": "" if needs is None else words(f"needs.{needs}"),
        "baseline_weight": None if baseline is None else baseline.scenario.weights.get(indicator.key, 0),
    }


def _totals(tiering: Tiering) -> dict[str, float]:
    totals = tiering.totals
    return {
        "customers": int(totals.customers.sum()),
        "revenue": float(totals.revenue.sum()),
        "unrated": int(totals.customers[-1]),
    }


def _pareto(pareto: ParetoCurve) -> Pareto:
    eighty = {"customers": pareto.eighty_customers, "share": pareto.eighty_share}
    return cast(
        Pareto,
        {
            "x": np.round(pareto.customers, 5).tolist(),
            "y": np.round(pareto.revenue, 5).tolist(),
            "eighty": eighty if pareto.eighty_customers else None,
        },
    )


def _sensitivity(tiering: Tiering) -> list[Sensitivity]:
    milli = tiering.scores.milli
    shown: list[Sensitivity] = []
    for shift in changing_shifts(tiering):
        above, below = nearest_to_line(milli, tiering.positions[shift.line], NEIGHBOURS)
        shown.append(
            {
                "down": {"customers": shift.rise_customers, "revenue": shift.rise_revenue},
                "up": {"customers": shift.fall_customers, "revenue": shift.fall_revenue},
                "above": [near(tiering, int(row)) for row in above],
                "below": [near(tiering, int(row)) for row in below],
            }
        )
    return shown


def studio_names(tiering: Tiering) -> Names | None:
    """All customers by score, to follow a dragged line by name; None where they are too many to send."""
    if len(tiering.tiers) > MOST_NAMES:
        return None
    milli = tiering.scores.milli
    rows: NDArray[np.intp] = np.argsort(-milli, kind="stable")
    rows = rows[milli[rows] != UNSCORED]
    customers = tiering.base.customers.iloc[rows]
    return {
        "id": customers["customer_id"].astype(str).tolist(),
        "name": customer_labels(customers),
        "score": (milli[rows] / MILLI).tolist(),
        "revenue": np.round(tiering.base.revenue[rows], 2).tolist(),
    }
