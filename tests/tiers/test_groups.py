"""Groups: chains of parents to the top, circles found out, nobody lost."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from tiering.tiers.groups import grouping, has_parents


def groups_of(**parents: str | None) -> dict[str, str]:
    customers = pd.DataFrame({"customer_id": list(parents), "parent_id": list(parents.values())})
    return dict(zip(parents, grouping(customers).groups, strict=True))


def test_a_chain_is_followed_to_its_top() -> None:
    assert groups_of(a=None, b="a", c="b", d="c", e=None) == {**dict.fromkeys("abcd", "a"), "e": "e"}


def test_a_parent_that_buys_nothing_is_a_group_all_the_same() -> None:
    assert groups_of(a="Holding", b=" Holding ", c="b", d=" ") == {**dict.fromkeys("abc", "Holding"), "d": "d"}


def test_parents_may_be_given_by_name_where_the_name_is_one_customers() -> None:
    customers = pd.DataFrame(
        {
            "customer_id": ["1", "2", "3", "4"],
            "customer_name": ["Alpha", "Beta", "Twin", "Twin"],
            "parent_id": [None, "Alpha", None, "Twin"],
        }
    )
    assert grouping(customers).groups.tolist() == ["1", "1", "3", "Twin"]


def test_customers_whose_parents_run_in_a_circle_are_counted_alone_and_told() -> None:
    customers = pd.DataFrame(
        {"customer_id": list("abcdef"), "parent_id": ["b", "c", "a", "a", None, "e"]}  # d hangs on the circle
    )
    found = grouping(customers)
    assert found.circular.tolist() == [True, True, True, True, False, False]
    assert found.groups.tolist() == ["a", "b", "c", "d", "e", "e"]


def test_a_customer_that_is_its_own_parent_has_none() -> None:
    found = grouping(pd.DataFrame({"customer_id": ["a", "b"], "parent_id": ["a", "a"]}))
    assert found.groups.tolist() == ["a", "a"]
    assert not found.circular.any()


def test_without_the_column_or_with_an_empty_one_there_are_no_groups() -> None:
    assert not has_parents(pd.DataFrame({"customer_id": ["a"]}))
    assert not has_parents(pd.DataFrame({"customer_id": ["a"], "parent_id": [None]}))
    assert grouping(pd.DataFrame({"customer_id": ["a"]})).groups.tolist() == ["a"]


@given(st.lists(st.integers(-1, 11), min_size=1, max_size=12), st.integers(0, 99))
def test_row_order_changes_no_group_and_every_group_is_closed(parents: list[int], seed: int) -> None:
    ids = [f"c{n}" for n in range(len(parents))]
    named = [f"c{p}" if p >= 0 else None for p in parents]
    customers = pd.DataFrame({"customer_id": ids, "parent_id": named})
    found = grouping(customers)
    order = np.random.default_rng(seed).permutation(len(parents))
    again = grouping(customers.iloc[order].reset_index(drop=True))
    assert again.groups.tolist() == found.groups[order].tolist()
    group = dict(zip(ids, found.groups, strict=True))
    for who, parent, circular in zip(ids, named, found.circular, strict=True):
        assert group[who] == (who if circular else group.get(parent, parent or who))
