"""Own indicators: made of a column, listed, taken away; and the order of words the user knows better."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from tiering.indicators.catalogue import CATALOGUE, GROUPS
from tiering.indicators.columns import OfferedColumn, offered_columns, words_of
from tiering.scenario import Scenario
from tiering.scenario.measures import MOST_OWN, OwnIndicator
from tiering.ui.base import state
from tiering.ui.base.cached import Shown
from tiering.ui.base.frame import plain
from tiering.ui.pages.tiers.indicators.which import change, change_measures
from tiering.words import Words

FIRST_WEIGHT = 20
Scale = Literal["range", "log", "ordered"]


def part(shown: Shown, words: Words) -> None:
    """What there is, then a column to make another of, then the words of ready grades."""
    scenario = shown.tiering.scenario
    for own in scenario.measures.own:
        _listed(own, shown, words)
    taken = {own.column for own in scenario.measures.own}
    offered = [column for column in offered_columns(shown.tiering.base.customers) if column.name not in taken]
    if len(taken) >= MOST_OWN:
        st.caption(words("measures.own.most", n=MOST_OWN))
    elif offered:
        _new(offered, words)
    else:
        st.caption(words("measures.own.none"))
    _ready_words(shown, words)


def with_own(scenario: Scenario, own: OwnIndicator) -> Scenario:
    """The scenario with one own indicator more, which starts with a weight of 20."""
    measures = scenario.measures.model_copy(update={"own": (*scenario.measures.own, own)})
    weights = {**scenario.weights, own.key: scenario.weights.get(own.key, FIRST_WEIGHT)}
    return scenario.model_copy(update={"measures": measures, "weights": weights, "goal": "own"})


def without_own(scenario: Scenario, own: OwnIndicator) -> Scenario:
    """The scenario without an own indicator and its weight."""
    left = tuple(other for other in scenario.measures.own if other.column != own.column)
    weights = {key: weight for key, weight in scenario.weights.items() if key != own.key}
    anchors = {key: scale for key, scale in scenario.anchors.items() if key != own.key}
    measures = scenario.measures.model_copy(update={"own": left})
    return scenario.model_copy(update={"measures": measures, "weights": weights, "anchors": anchors})


def _listed(own: OwnIndicator, shown: Shown, words: Words) -> None:
    way = words(f"measures.better.{'more' if own.more_is_better else 'less'}")
    scale = words(f"measures.scale.{own.scale}")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        facts = (words(f"group.{own.group}"), way, " → ".join(own.order) if own.order else scale)
        st.markdown(plain(words("measures.own.line", column=own.column, facts=" · ".join(facts))), width="content")
        st.button(words("measures.own.remove"), key=f"own-remove-{own.column}", on_click=_remove, args=(own,))
    needs = shown.tiering.base.matrix.unavailable.get(own.key)
    if needs:
        st.warning(plain(words("measures.own.lost", column=own.column, needs=words(f"needs.{needs}"))))


def _remove(own: OwnIndicator) -> None:
    scenario = without_own(state.choices().scenario, own)
    change(measures=scenario.measures, weights=scenario.weights, anchors=scenario.anchors)


def _new(offered: list[OfferedColumn], words: Words) -> None:
    names = {column.name: column for column in offered}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        name = st.selectbox(
            words("measures.own.column"), list(names), format_func=plain, index=None, key="own-column", width=240
        )
        column = names.get(name or "")
        if column is None:
            return
        scale = _scale(column, words)
        group = st.selectbox(
            words("measures.column.group"),
            GROUPS,
            index=GROUPS.index("potential"),
            format_func=lambda option: words(f"group.{option}"),
            key="own-group",
            width=120,
        )
        better = "more" if scale == "ordered" else _better(words)
    order = _order(column, words) if scale == "ordered" else ()
    st.button(
        words("measures.own.add"),
        type="primary",
        key="own-add",
        disabled=scale == "ordered" and len(order) < 2,
        on_click=_add,
        args=(column.name, group, better == "more", scale, order),
    )


def _scale(column: OfferedColumn, words: Words) -> Scale:
    scales: list[Scale] = [*(("range", "log") if column.is_numeric else ()), *(("ordered",) if column.words else ())]
    return st.selectbox(
        words("measures.column.scale"),
        scales,
        format_func=lambda option: words(f"measures.scale.{option}"),
        key=f"own-scale-{column.name}",
        help=words("measures.own.scale_help"),
        width=220,
    )


def _better(words: Words) -> str:
    return st.segmented_control(
        words("measures.column.better"),
        ("more", "less"),
        format_func=lambda option: words(f"measures.better.{option}"),
        default="more",
        required=True,
        key="own-better",
    )


def _order(column: OfferedColumn, words: Words) -> tuple[str, ...]:
    chosen = st.multiselect(
        words("measures.own.order"),
        column.words,
        format_func=plain,
        key=f"own-order-{column.name}",
        help=words("measures.own.order_help"),
    )
    left = len(column.words) - len(chosen)
    if chosen and left:
        st.caption(words("measures.own.left_out", n=left))
    return tuple(chosen)


def _add(column: str, group: str, more: bool, scale: Scale, order: tuple[str, ...]) -> None:
    own = OwnIndicator.model_validate(
        {"column": column, "group": group, "more_is_better": more, "scale": scale, "order": order}
    )
    scenario = with_own(state.choices().scenario, own)
    change(measures=scenario.measures, weights=scenario.weights, goal=scenario.goal)


def _ready_words(shown: Shown, words: Words) -> None:
    """Grades and sizes in other words than the customary ones can be put in order here."""
    customers, orders = shown.tiering.base.customers, shown.tiering.scenario.measures.orders
    graded = [i.key for i in CATALOGUE if i.unit == "grade" and i.key in customers and words_of(customers[i.key])]
    if not graded:
        return
    with st.popover(words("measures.ready.title")):
        key = st.selectbox(
            words("weights.column.indicator"),
            graded,
            format_func=lambda option: words(f"indicator.{option}.label"),
            key="ready-key",
        )
        present = words_of(customers[key])
        chosen = st.multiselect(
            words("measures.own.order"),
            present,
            default=[word for word in orders.get(key, ()) if word in present],
            format_func=plain,
            help=words("measures.own.order_help"),
            key=f"ready-order-{key}",
        )
        st.button(
            words("measures.ready.apply"),
            on_click=lambda: change_measures(orders={**orders, key: tuple(chosen)}),
            disabled=len(chosen) < 2,
        )
        st.button(
            words("measures.ready.reset"),
            on_click=lambda: change_measures(orders={name: kept for name, kept in orders.items() if name != key}),
            disabled=key not in orders,
        )
