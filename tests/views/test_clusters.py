"""Clusters against published figures, and the honesty to show none."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tiering.views.cluster_rule import plain_rules
from tiering.views.clusters import clusters, jaccard, profile, proposed_k, scaled, trials

# Ruspini's 75 points (1970), a public test set.
POINTS = np.array(json.loads((Path(__file__).parents[1] / "truth" / "ruspini.json").read_text()), dtype=float)


def test_the_published_points_are_four_clusters_by_both_measures() -> None:
    found = trials(POINTS)
    assert [trial.silhouette for trial in found] == pytest.approx(
        [0.632704714034864, 0.737656990880662, 0.701924141356916, 0.593999267613659], abs=1e-4
    )
    assert found[1].stability == 1.0
    assert proposed_k(found) == 4


def test_sizes_and_squares_of_the_published_points_are_met() -> None:
    for k, within in (
        (2, 89337.8321428572),
        (3, 51063.4750456705),
        (4, 12881.0512361466),
        (5, 10126.7197881828),
        (6, 8575.40687645688),
    ):
        assert clusters(POINTS, k, POINTS[:, 0]).within == pytest.approx(within)
    assert sorted(np.bincount(clusters(POINTS, 4, POINTS[:, 0]).codes)) == [15, 17, 20, 23]


def test_clusters_are_numbered_by_mean_worth() -> None:
    worth = POINTS[:, 1]
    codes = clusters(POINTS, 4, worth).codes
    means = [worth[codes == code].mean() for code in range(4)]
    assert means == sorted(means, reverse=True)


def test_noise_has_no_reliable_clusters() -> None:
    assert proposed_k(trials(np.random.default_rng(1).random((300, 4)))) is None


def test_too_few_or_too_equal_customers_have_none() -> None:
    assert trials(POINTS[:29]) == ()
    assert trials(np.ones((100, 2))) == ()


def test_overlap_is_members_of_both_over_members_of_either() -> None:
    one, other = (np.array(members, dtype=bool) for members in ([1, 1, 1, 0, 0], [1, 1, 0, 1, 0]))
    assert jaccard(one, other) == 0.5
    assert jaccard(~one & one, ~one & one) == 0.0


def customers(factor: float = 1.0) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "annual_revenue": np.array([10.0, 100.0, 1000.0, 50.0, np.nan, -20.0]) * factor,
            "recency_days": [1.0, 30.0, 60.0, 90.0, 10.0, 5.0],
            "satisfaction": [3.0] * 6,
        }
    )


def test_scales_leave_out_the_unknown_and_what_is_the_same_for_all() -> None:
    rows = scaled(customers(), ["annual_revenue", "recency_days", "satisfaction"])
    assert rows.keys == ("annual_revenue", "recency_days")
    assert rows.rows.tolist() == [0, 1, 2, 3, 5]
    assert np.median(rows.values, axis=0).tolist() == [0.0, 0.0]


def test_standard_scores_are_the_plain_ones_of_a_sample() -> None:
    rows = scaled(customers(), ["annual_revenue", "recency_days"], scale="standard")
    assert rows.values.mean(axis=0) == pytest.approx([0.0, 0.0])
    assert rows.values.std(axis=0, ddof=1) == pytest.approx([1.0, 1.0])
    assert rows.values[:3, 1] == pytest.approx((np.array([1.0, 30.0, 60.0]) - 37.2) / 37.77168251)
    assert scaled(customers().head(1), ["annual_revenue"], scale="standard").keys == ()


def test_the_currency_changes_no_scale() -> None:
    keys = ["annual_revenue", "recency_days"]
    assert scaled(customers(1e-4), keys).values == pytest.approx(scaled(customers(), keys).values)


def test_what_sets_a_cluster_apart_is_in_deviations_of_all() -> None:
    values = np.array([[0.0], [0.0], [4.0], [4.0]])
    assert profile(values, np.array([0, 0, 1, 1]), 2).tolist() == [[-1.0], [1.0]]


def test_two_clusters_apart_in_revenue_need_one_condition() -> None:
    raw = np.array([[float(money), 5.0] for money in (*range(10, 30), *range(500, 520))])
    found = plain_rules(raw, np.repeat([1, 0], 20), ["annual_revenue", "annual_orders"])
    assert found.accuracy == 1.0
    above, below = found.rules
    assert (above.cluster, above.customers, above.share) == (0, 20, 1.0)
    assert [(c.key, c.is_above) for c in above.conditions] == [("annual_revenue", True)]
    assert 29 <= below.conditions[0].limit <= 500
