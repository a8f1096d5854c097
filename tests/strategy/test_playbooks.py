"""Playbooks: which service a tier gets, and what the strategic goal changes."""

from itertools import pairwise

import pytest

from tiering.strategy.kpis import MEASURES
from tiering.strategy.playbooks import KPIS_OF, LED_BY, playbooks, upper_tiers

GOALS = ("balanced", "market_share", "profitability", "retention", "own")


@pytest.mark.parametrize(
    ("tiers", "roles"),
    [
        (2, ["top", "base"]),
        (3, ["top", "upper", "base"]),
        (4, ["top", "upper", "middle", "base"]),
        (5, ["top", "upper", "upper", "middle", "base"]),
        (6, ["top", "upper", "upper", "middle", "middle", "base"]),
    ],
)
def test_every_number_of_tiers_runs_from_top_to_base(tiers, roles):
    assert [book.role for book in playbooks(tiers, "balanced")] == roles


@pytest.mark.parametrize("tiers", [2, 3, 4, 5, 6])
def test_no_tier_is_served_better_than_the_one_above(tiers):
    for above, below in pairwise(book.service for book in playbooks(tiers, "balanced")):
        assert above.response_hours <= below.response_hours
        assert above.customers_each < below.customers_each
        assert above.visits_a_year > below.visits_a_year


@pytest.mark.parametrize("tiers", [2, 3, 4, 5, 6])
def test_no_two_tiers_of_a_scheme_get_the_same_service(tiers):
    levels = [book.service for book in playbooks(tiers, "balanced")]
    assert len(set(levels)) == tiers


def test_only_the_top_meets_its_sponsor_every_quarter():
    sponsors = [book.service.sponsor for book in playbooks(4, "balanced")]
    assert sponsors == ["quarterly", "yearly", "none", "none"]


def test_profitability_puts_the_margin_first_in_every_tier():
    assert {book.kpis[0] for book in playbooks(4, "profitability")} == {"margin_rate"}


def test_retention_watches_repeat_orders_and_overdue_customers_even_at_the_base():
    base = playbooks(4, "retention")[-1]
    assert base.kpis[:2] == ("repurchase_rate", "overdue_share")


@pytest.mark.parametrize("goal", GOALS)
def test_a_goal_adds_measures_and_takes_none_away(goal):
    for book in playbooks(6, goal):
        assert set(KPIS_OF[book.role]) <= set(book.kpis)
        assert len(set(book.kpis)) == len(book.kpis)


@pytest.mark.parametrize("goal", ["balanced", "own"])
def test_a_goal_without_an_emphasis_changes_nothing(goal):
    assert playbooks(4, goal) == playbooks(4, "balanced")
    assert all(book.emphasis == "" for book in playbooks(4, goal))


def test_every_measure_a_playbook_names_can_be_computed():
    named = {key for keys in (*KPIS_OF.values(), *LED_BY.values()) for key in keys}
    assert named <= set(MEASURES)


def test_two_upper_tiers_get_personal_service_and_one_of_two():
    assert [upper_tiers(n) for n in (2, 3, 4, 5, 6)] == [1, 2, 2, 2, 2]
