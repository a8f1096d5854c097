"""Key accounts: who, where, and for which team."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiering.views.key_accounts import TEAMS, groups_of, key_accounts, places, teams

REVENUE = {"K1": 300, "K2": 200, "K3": 120, "K4": 100, "K5": 90, "K6": 60, "K7": 50, "K8": 40, "K9": 25, "K10": 15}
SITES = [
    ("K1", "East", "Shanghai"), ("K1", "North", "Beijing"), ("K1", "South", "Shenzhen"), ("K2", "East", "Shanghai"),
    ("K2", "East", "Hangzhou"), ("K3", "South", "Guangzhou"), ("K4", "North", "Beijing"), ("K4", "North", "Tianjin"),
    ("K5", "East", "Nanjing"), ("K7", "Southwest", "Chengdu"), ("K7", "East", "Shanghai"),
]  # fmt: skip


def test_five_of_ten_make_80_percent() -> None:
    chosen = key_accounts(np.array(list(REVENUE.values()), dtype=float))
    assert [name for name, is_key in zip(REVENUE, chosen, strict=True) if is_key] == ["K1", "K2", "K3", "K4", "K5"]
    worth = np.array(list(REVENUE.values()), dtype=float)
    assert worth[chosen].sum() / worth.sum() == pytest.approx(0.81, abs=1e-12)


def test_losses_are_not_in_the_whole() -> None:
    assert key_accounts(np.array([60.0, 30.0, 20.0, -30.0])).tolist() == [True, True, False, False]


def test_unknown_profit_makes_no_key_account() -> None:
    assert key_accounts(np.array([np.nan, 10.0])).tolist() == [False, True]
    assert not key_accounts(np.array([np.nan, np.nan])).any()


def test_two_regions_go_to_headquarters_two_cities_to_the_region_one_to_the_city() -> None:
    group, region, city = (pd.Series(column) for column in zip(*SITES, strict=True))
    found = dict(zip(group, (TEAMS[code] for code in teams(group, region, city)), strict=True))
    assert found == {
        "K1": "headquarters", "K2": "regional", "K3": "city", "K4": "regional", "K5": "city", "K7": "headquarters",
    }  # fmt: skip


def test_a_missing_place_counts_for_nothing() -> None:
    group = pd.Series(["a", "a", "b"])
    region, city = pd.Series(["East", None, None], dtype=object), pd.Series(["Shanghai", None, None], dtype=object)
    assert [TEAMS[code] for code in teams(group, region, city)] == ["city", "city", "city"]


def test_subsidiaries_share_the_footprint_of_their_group() -> None:
    customers = pd.DataFrame({"customer_id": ["g", "x", "y"], "parent_id": [None, "g", None]})
    assert groups_of(customers).tolist() == ["g", "g", "y"]
    assert groups_of(customers[["customer_id"]]).tolist() == ["g", "x", "y"]


def test_a_place_tells_the_share_of_its_key_accounts_and_its_growth() -> None:
    customers = pd.DataFrame(
        {
            "region": ["East", "East", "North", "North", None],
            "annual_revenue": [90.0, 10.0, 50.0, 30.0, 5.0],
            "prior_revenue": [80.0, 8.0, 50.0, 0.0, 5.0],
        }
    )
    found = places(customers, customers["annual_revenue"].to_numpy(), np.array([1, 0, 1, 0, 0], dtype=bool), ["region"])
    assert found[["region", "key_accounts", "key_worth", "worth", "around"]].values.tolist() == [
        ["East", 1, 90.0, 100.0, 1],
        ["North", 1, 50.0, 80.0, 1],
    ]
    assert found["key_share"].tolist() == pytest.approx([0.9, 0.625])
    assert found["growth"].tolist() == pytest.approx([100 / 88 - 1, 0.6])


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 1000), min_size=1, max_size=30), st.floats(0.1, 0.99))
def test_nobody_outside_is_bigger_than_somebody_inside(values: list[int], share: float) -> None:
    worth = np.array(values, dtype=float)
    chosen = key_accounts(worth, share)
    if chosen.any() and not chosen.all():
        assert worth[chosen].min() > worth[~chosen].max()
