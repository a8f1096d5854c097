"""What a drag and a release do to the scenario."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from tiering.scenario import Cuts, Scenario
from tiering.ui.pages.tiers.live import moved

START = Scenario(weights={"annual_revenue": 60, "growth": 20}, cuts=Cuts(lines=(70.0, 50.0, 30.0)))


def test_a_weight_that_was_moved_makes_the_goal_the_users_own():
    after = moved(START, {"kind": "weights", "weights": {"growth": 25}})
    assert after.weights == {"annual_revenue": 60, "growth": 25}
    assert after.goal == "own"
    assert after.cuts == START.cuts


def test_a_weight_put_back_where_it_was_keeps_the_goal():
    assert moved(START, {"kind": "weights", "weights": {"growth": 20}}) == START


def test_cut_lines_keep_the_way_they_are_drawn():
    shares = START.model_copy(update={"cuts": Cuts(kind="share", lines=(0.05, 0.2, 0.5))})
    after = moved(shares, {"kind": "cuts", "lines": [0.1, 0.2, 0.5]})
    assert after.cuts == Cuts(kind="share", lines=(0.1, 0.2, 0.5))


@pytest.mark.parametrize("lines", [[50.0, 70.0, 30.0], [170.0, 50.0, 30.0], [70.0, 50.0]])
def test_lines_out_of_order_range_or_number_are_refused(lines):
    with pytest.raises(ValidationError):
        moved(START, {"kind": "cuts", "lines": lines})


def test_a_weight_beyond_the_scale_is_refused():
    with pytest.raises(ValidationError):
        moved(START, {"kind": "weights", "weights": {"growth": 101}})
