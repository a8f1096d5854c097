"""The scales: worst and best of each indicator to read and to type over, and whether they stay when data changes."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from tiering.indicators.catalogue import Indicator
from tiering.indicators.newcomers import with_first_day
from tiering.indicators.scales import Ends, ends_of, kept_scales, kind_of, set_ends
from tiering.scenario import Anchors
from tiering.ui.base import state
from tiering.ui.base.cached import Shown
from tiering.ui.pages.tiers.indicators.which import change, edited_rows, named_by
from tiering.words import Words

TOGETHER = "measures-together"


def part(shown: Shown, words: Words) -> None:
    """A table of worst and best, and the choice between scales that stay and scales that follow the data."""
    scenario, matrix = shown.tiering.scenario, shown.tiering.base.matrix
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        frozen = set(matrix.keys) <= set(scenario.anchors)
        st.button(words("measures.scales.keep"), disabled=frozen, on_click=_keep, args=(shown,), key="scales-keep")
        st.button(words("tiers.rescale"), disabled=not scenario.anchors, on_click=_follow, key="scales-follow")
        _together(shown, words)
    table = scales_frame(shown, words)
    if table.empty:
        return
    key = named_by("scales-table", scenario.measures, table.to_json() or "")
    listed = _listed(shown)
    st.data_editor(
        table,
        hide_index=True,
        height="content",
        key=key,
        disabled=["indicator", "unit", "kind", "kept"],
        column_config=_columns(words),
        on_change=_take,
        args=(key, listed),
    )


def _together(shown: Shown, words: Words) -> None:
    """Whether strength makes up for weakness."""
    state.set_widget(TOGETHER, shown.tiering.scenario.measures.together)
    st.segmented_control(
        words("measures.together.label"),
        ("mean", "geometric"),
        format_func=lambda option: words(f"measures.together.{option}"),
        key=TOGETHER,
        required=True,
        help=words("measures.together.help"),
        on_change=_put_together,
    )


def _put_together() -> None:
    """Scores lie elsewhere then: lines by score are proposed anew."""
    scenario = state.choices().scenario
    by_score = scenario.cuts is None or scenario.cuts.kind == "score"
    measures = scenario.measures.model_copy(update={"together": state.widget_value(TOGETHER)})
    change(measures=measures, cuts=None if by_score else scenario.cuts)


def scales_frame(shown: Shown, words: Words) -> pd.DataFrame:
    """One row per indicator with a scale: name, unit, kind, worst, best, and whether it is kept."""
    kept, currency = shown.tiering.scenario.anchors, shown.dataset.currency
    rows = [
        {
            "indicator": words(f"indicator.{indicator.key}.label"),
            "unit": _unit(indicator, currency, words),
            "kind": words(f"measures.kind.{kind_of(indicator, anchors)}"),
            "worst": _rounded(ends.worst),
            "best": _rounded(ends.best),
            "kept": indicator.key in kept,
        }
        for indicator, anchors in _listed(shown)
        if (ends := ends_of(indicator, anchors)) is not None
    ]
    return pd.DataFrame(rows)


def after_edit(
    anchors: dict[str, Anchors], listed: tuple[tuple[Indicator, Anchors], ...], edits: dict[int, dict[str, Any]]
) -> dict[str, Anchors]:
    """Kept scales after some ends were typed over; ends that cross leave their scale as it is."""
    changed = dict(anchors)
    for row, cells in edits.items():
        indicator, scale = listed[row]
        ends = ends_of(indicator, scale)
        if ends is None:
            continue
        worst, best = (ends.worst if cells.get("worst") is None else cells["worst"]), cells.get("best")
        found = set_ends(indicator, scale, Ends(float(worst), ends.best if best is None else float(best)))
        if found is not None:
            changed[indicator.key] = found
    return changed


def _listed(shown: Shown) -> tuple[tuple[Indicator, Anchors], ...]:
    matrix = shown.tiering.base.matrix
    found = ((indicator, matrix.anchors[indicator.key]) for indicator in matrix.indicators)
    return tuple((i, anchors) for i, anchors in found if i.unit != "grade" and ends_of(i, anchors) is not None)


def _take(key: str, listed: tuple[tuple[Indicator, Anchors], ...]) -> None:
    edits, words = edited_rows(key), Words(state.choices().language)
    change(anchors=after_edit(state.choices().scenario.anchors, listed, edits))
    ranked = [i.key for i, anchors in (listed[row] for row in edits) if kind_of(i, anchors) == "percentile"]
    if ranked:
        names = words.listed([words(f"indicator.{name}.label") for name in ranked])
        st.toast(words("measures.scales.no_rank", names=names))


def _keep(shown: Shown) -> None:
    base, newcomers = shown.tiering.base, state.choices().scenario.newcomers
    change(anchors=kept_scales(base.matrix), newcomers=with_first_day(newcomers, base.customers, base.as_of))


def _follow() -> None:
    newcomers = state.choices().scenario.newcomers
    change(anchors={}, newcomers=newcomers.without_days())


def _rounded(value: float) -> float:
    return float(f"{value:.6g}")


def _unit(indicator: Indicator, currency: str, words: Words) -> str:
    return currency if indicator.unit == "money" and currency else words(f"measures.unit.{indicator.unit}")


def _columns(words: Words) -> dict[str, Any]:
    return {
        "indicator": st.column_config.TextColumn(words("weights.column.indicator"), pinned=True),
        "unit": st.column_config.TextColumn(words("measures.column.unit"), width="small"),
        "kind": st.column_config.TextColumn(
            words("measures.column.kind"), width="small", help=words("measures.column.kind_help")
        ),
        "worst": st.column_config.NumberColumn(words("measures.column.worst"), help=words("measures.column.ends_help")),
        "best": st.column_config.NumberColumn(words("measures.column.best"), help=words("measures.column.ends_help")),
        "kept": st.column_config.CheckboxColumn(words("measures.column.kept"), width="small"),
    }
