"""What the user leaves out of the rhythm: quiet months, kinds of orders, unusually big ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from tiering.movement.sale_days import NOTHING, RhythmExclusions
from tiering.ui.base import frame, state
from tiering.ui.base.cached import Shown
from tiering.words import Words

MOST_KINDS = 30
USUAL_TIMES = 10
NOT_A_KIND = {"customer_id", "order_id", "order_date", "amount", "cost", "quantity"}


def exclusion_controls(shown: Shown, words: Words) -> RhythmExclusions:
    """Draw the controls behind one button; what they say is kept when another page is looked at."""
    assert shown.dataset.orders is not None, "only orders have months and kinds"
    with st.popover(_title(words), width="content"):
        st.caption(words("movement.leave.hint"))
        months = _several("months", list(range(1, 13)), words, lambda month: words(f"movement.month.{month}"))
        kinds = kinds_of(shown)
        column, values = _kinds(kinds, words) if kinds else ("", ())
        times = _big(words)
    left_out = RhythmExclusions(tuple(months[:11]), column, tuple(values), times)
    _keep("leave-now", left_out)
    return left_out


def kinds_of(shown: Shown) -> dict[str, tuple[str, ...]]:
    """Text columns of the orders with a few different words each, and these words, the commonest first."""
    assert shown.dataset.orders is not None, "only orders have kinds"
    return _kinds_of(shown.dataset.fingerprint, _orders=shown.dataset.orders)


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def _kinds_of(fingerprint: str, _orders: pa.Table) -> dict[str, tuple[str, ...]]:
    found = {}
    for name in _orders.column_names:
        if name in NOT_A_KIND or not pa.types.is_string(_orders.schema.field(name).type):
            continue
        counts = pc.value_counts(_orders[name].combine_chunks()).to_pylist()
        words = sorted((row for row in counts if row["values"]), key=lambda row: (-row["counts"], row["values"]))
        if 2 <= len(words) <= MOST_KINDS:
            found[name] = tuple(str(row["values"]) for row in words)
    return found


def _title(words: Words) -> str:
    now: RhythmExclusions = _kept("leave-now", NOTHING)
    parts = [bool(now.months), bool(now.values), now.times_usual > 0]
    return words("movement.leave.some", n=sum(parts)) if any(parts) else words("movement.leave.label")


def _kinds(kinds: dict[str, tuple[str, ...]], words: Words) -> tuple[str, Sequence[str]]:
    """Orders by a column of the file."""
    names = ["", *kinds]
    label = {"": words("movement.leave.no_column")} | {name: _named(name, words) for name in kinds}
    before = _kept("leave-column", "")
    state.set_widget("movement-leave-column", before if before in names else "")
    column = st.selectbox(
        words("movement.leave.column"),
        names,
        format_func=lambda name: label[name],
        key="movement-leave-column",
        on_change=lambda: _keep("leave-column", state.widget_value("movement-leave-column")),
    )
    if not column:
        return "", ()
    return column, _several(f"values-{column}", list(kinds[column]), words, frame.plain, "values")


def _named(column: str, words: Words) -> str:
    key = f"field.{column}.label"
    return words(key) if words.has(key) else column


def _big(words: Words) -> float:
    """Days far above the customer's usual one, as projects are."""
    state.set_widget("movement-leave-big", _kept("leave-big", False))
    wanted = st.checkbox(
        words("movement.leave.big", n=USUAL_TIMES),
        key="movement-leave-big",
        on_change=lambda: _keep("leave-big", state.widget_value("movement-leave-big")),
    )
    return float(USUAL_TIMES) if wanted else 0.0


def _several(name: str, options: list[Any], words: Words, shown_as: Any, label: str = "") -> list[Any]:
    key = f"movement-leave-{name}"
    state.set_widget(key, [option for option in _kept(f"leave-{name}", []) if option in options])
    st.pills(
        words(f"movement.leave.{label or name}"),
        options,
        format_func=shown_as,
        selection_mode="multi",
        key=key,
        on_change=lambda: _keep(f"leave-{name}", state.widget_value(key)),
    )
    return [option for option in options if option in (state.widget_value(key) or ())]


def _keep(name: str, value: Any) -> None:
    state.set_widget(f"movement-kept-{name}", value)


def _kept(name: str, default: Any) -> Any:
    value = state.widget_value(f"movement-kept-{name}")
    return default if value is None else value
