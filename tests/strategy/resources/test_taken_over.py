"""The hours that draw the lines, carried over to where load and profit are reckoned."""

from __future__ import annotations

import pytest

from tiering.scenario import Scenario
from tiering.strategy.resources.services import tier_services, with_hours


def test_what_is_carried_over_is_what_the_other_side_reckons_with() -> None:
    start = Scenario(tiers=("A", "B", "C"))
    wanted = [150.0, 3.0, 0.5]  # the last two are less than their visits alone take
    taken = start.model_copy(update={"resources": with_hours(start, wanted, 1400.0)})
    assert [service.hours for service in tier_services(taken)] == pytest.approx(wanted)
    assert taken.resources.hours_per_person == 1400.0
    assert [s.visits for s in tier_services(taken)] == [s.visits for s in tier_services(start)]
