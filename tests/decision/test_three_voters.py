"""A vote from the ballot to the weights that are taken: three people, four customers, figures done by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.small_data import levelled
from tiering.decision.rooms import Party, Refusal, Refused, Rooms, Vote
from tiering.decision.votes import contested, middle, spread, tiers_by_vote, weighed_anew
from tiering.evaluate import CustomerBase, Tiering, tier_customers, tier_names
from tiering.scenario import Cuts, Scenario
from tiering.scenario.ways.capacity import Capacity, TierCapacity
from tiering.tiers.score import level_covariance

KEYS = ("growth", "tenure_days")
# by growth alone a b | c d, by tenure alone c a | b d
LEVELS = {"growth": [1.0, 0.75, 0.5, 0.0], "tenure_days": [0.75, 0.25, 1.0, 0.0]}
REVENUE = np.array([400.0, 300.0, 200.0, 100.0])
GROWTH, TENURE, BOTH = {"growth": 60, "tenure_days": 0}, {"growth": 0, "tenure_days": 90}, dict.fromkeys(KEYS, 50)
PRESENT = Scenario(tiers=("A", "B"), weights={"growth": 100}, cuts=Cuts(lines=(60.0,)))


def tiered(scenario: Scenario = PRESENT) -> Tiering:
    matrix = levelled(LEVELS)
    customers = pd.DataFrame({"customer_id": [*"abcd"]})
    return tier_customers(CustomerBase(customers, matrix, REVENUE, level_covariance(matrix), None), scenario)


def revealed(*ballots: dict[str, int]) -> tuple[Vote, ...]:
    """Ballots given from as many devices, then shown by the host."""
    rooms = Rooms()
    rooms.open("ABC234", Party("host"), dict.fromkeys(KEYS, ""), now=0.0)
    for number, ballot in enumerate(ballots):
        rooms.vote("ABC234", Party(f"device {number}"), Vote(f"Voter {number}", ballot), now=1.0)
    rooms.reveal("ABC234", "host", now=2.0)
    return rooms.view("ABC234", "host", now=3.0).votes


def test_a_device_that_votes_twice_is_one_voter() -> None:
    rooms = Rooms()
    rooms.open("ABC234", Party("host"), dict.fromkeys(KEYS, ""), now=0.0)
    rooms.vote("ABC234", Party("phone"), Vote("Li", GROWTH), now=1.0)
    rooms.vote("ABC234", Party("phone"), Vote("Li on the train", TENURE), now=2.0)
    seen = rooms.view("ABC234", "phone", now=3.0)
    assert seen.aliases == ("Li on the train",)
    assert seen.own == Vote("Li on the train", TENURE)
    with pytest.raises(Refused) as one_alone:
        rooms.reveal("ABC234", "host", now=4.0)
    assert one_alone.value.reason == Refusal.TOO_FEW


def test_median_lowest_and_highest_share_of_each_indicator() -> None:
    found = spread([vote.weights for vote in revealed(GROWTH, TENURE, BOTH)], KEYS)
    assert found.shares.tolist() == [[1.0, 0.0], [0.0, 1.0], [0.5, 0.5]]
    assert (found.lowest.tolist(), found.median.tolist(), found.highest.tolist()) == ([0, 0], [0.5, 0.5], [1, 1])


def test_each_voters_tiers_are_those_of_the_own_weights_with_as_many_at_the_top() -> None:
    # both together: a 0.875, c 0.75, b 0.5, d 0
    tiers = tiers_by_vote(tiered(), [vote.weights for vote in revealed(GROWTH, TENURE, BOTH)])
    assert tiers.tolist() == [[0, 0, 1, 1], [0, 1, 0, 1], [0, 1, 0, 1]]


def test_whom_you_ask_matters_for_two_of_the_four_and_most_for_the_bigger() -> None:
    tiers = tiers_by_vote(tiered(), [vote.weights for vote in revealed(GROWTH, TENURE, BOTH)])
    found = contested(tiers, REVENUE)
    assert [*"abcd"[1:3]] == [tiered().base.customers["customer_id"][row] for row in found.rows]
    assert found.agreed.tolist() == pytest.approx([2 / 3, 2 / 3])
    assert found.tiers.T.tolist() == [[0, 1, 1], [1, 0, 0]]


def test_adopting_the_median_moves_the_two_and_keeps_the_size_of_the_tiers() -> None:
    present = tiered()
    found = spread([vote.weights for vote in revealed(GROWTH, TENURE, BOTH)], KEYS)
    after = tiered(weighed_anew(present, middle(found, KEYS)))
    assert "".join(tier_names(present)) == "AABB"
    assert "".join(tier_names(after)) == "ABAB"
    assert after.totals.customers.tolist() == present.totals.customers.tolist() == [2, 2, 0]
    assert after.totals.revenue.tolist() == [600.0, 400.0, 0.0]


@pytest.mark.parametrize("scale", [1, 2])
def test_who_sets_everything_twice_as_high_has_no_more_say(scale: int) -> None:
    loud = {key: weight * scale for key, weight in {"growth": 10, "tenure_days": 40}.items()}
    found = spread([vote.weights for vote in revealed(GROWTH, loud)], KEYS)
    assert found.median.tolist() == pytest.approx([0.6, 0.4])


def test_two_who_agree_against_one_carry_the_vote() -> None:
    votes = [vote.weights for vote in revealed(TENURE, GROWTH, TENURE)]
    assert middle(spread(votes, KEYS), KEYS) == {"growth": 0.0, "tenure_days": 1.0}


def test_ways_that_find_their_own_lines_keep_them() -> None:
    found = PRESENT.model_copy(update={"way": Capacity(tiers=(TierCapacity(people=1, hours=1600),) * 2)})
    anew = weighed_anew(tiered(found), {"tenure_days": 1.0, "growth": 0.0})
    assert (anew.way, anew.cuts) == (found.way, found.cuts)
    assert anew.weights == {"growth": 0, "tenure_days": 100}


def test_a_vote_leaves_names_and_all_other_choices_of_the_scheme_alone() -> None:
    named = PRESENT.model_copy(update={"name": "Spring", "window_months": 24})
    anew = weighed_anew(tiered(named), {"growth": 0.5, "tenure_days": 0.5})
    assert (anew.name, anew.window_months, anew.tiers) == ("Spring", 24, ("A", "B"))


def test_nobody_with_a_negative_year_counts_as_money_at_stake() -> None:
    tiers = np.array([[0, 1], [1, 0]], np.int8)
    found = contested(tiers, np.array([-500.0, 10.0]))
    assert found.rows.tolist() == [1, 0]
