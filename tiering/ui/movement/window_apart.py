"""The tiers one window ago and now, each by a window that the data fill."""

from __future__ import annotations

from dataclasses import replace

from tiering.metrics.windows import months_before
from tiering.movement.chain import Chain
from tiering.ui.cached import Shown
from tiering.ui.movement import looked_up
from tiering.words import Words


def window_apart(shown: Shown, months: int, words: Words) -> Chain:
    """Chain of the dates ``months`` ago and now, with windows of so many months that do not overlap."""
    as_of = shown.tiering.base.as_of
    assert as_of is not None, "orders have a last date"
    scenario = shown.tiering.scenario.model_copy(update={"window_months": months})
    narrowed = replace(shown, tiering=replace(shown.tiering, scenario=scenario))
    return looked_up.chain(narrowed, [months_before(as_of, months), as_of], words)
