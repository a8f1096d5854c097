"""The indicators of a scenario: the ready ones that are switched on, and the user's own."""

from __future__ import annotations

from dataclasses import replace

from tiering.indicators.catalogue import CATALOGUE, OWN, Indicator, Scale
from tiering.scenario.measures import Measures, OwnIndicator

ASKED_FOR = frozenset({"satisfaction", "size", "credit"})


def chosen_indicators(measures: Measures) -> tuple[Indicator, ...]:
    """Ready indicators that count, in catalogue order, then own ones in the order they were made."""
    ready = [_as_stated(indicator, measures) for indicator in CATALOGUE if is_on(indicator, measures)]
    return (*ready, *(own_indicator(own) for own in measures.own))


def is_on(indicator: Indicator, measures: Measures) -> bool:
    """Whether a ready indicator counts."""
    return measures.switched.get(indicator.key, indicator.usual)


def is_expected(indicator: Indicator) -> bool:
    """Whether its absence is worth telling: orders or most customers files have it, or the user made it."""
    return indicator.from_history or indicator.is_own or indicator.key in ASKED_FOR


def own_indicator(own: OwnIndicator) -> Indicator:
    """An own indicator as one of the catalogue's kind."""
    scale: Scale = "log" if own.scale == "log" else "range"
    return Indicator(
        key=OWN + own.column,
        group=own.group,
        unit="grade" if own.scale == "ordered" else "number",
        scale=scale,
        needs="own_order" if own.scale == "ordered" else "own_numbers",
        more_is_better=own.more_is_better,
        column=own.column,
        order=own.order if own.scale == "ordered" else (),
    )


def _as_stated(indicator: Indicator, measures: Measures) -> Indicator:
    turned = indicator.key in measures.turned
    order = measures.orders.get(indicator.key, ()) if indicator.unit == "grade" else ()
    if not turned and not order:
        return indicator
    return replace(indicator, more_is_better=indicator.more_is_better != turned, order=order)
