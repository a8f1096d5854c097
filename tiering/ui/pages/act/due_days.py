"""Days until each kind of action should be done: customary ones that can be typed over, kept with the scenario."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from tiering.strategy.actions import DUE_DAYS, days_until_due
from tiering.ui.base import frame, state
from tiering.ui.base.cached import Shown
from tiering.words import Words

EDITOR = "strategy-due-days"
MOST_DAYS = 730


def section(shown: Shown, words: Words) -> None:
    """Draw the table of days; an emptied cell returns to what is customary."""
    with st.expander(words("actions.due_days.title"), icon=":material/event:"):
        st.caption(words("actions.due_days.hint"))
        kinds = sorted(DUE_DAYS, key=DUE_DAYS.__getitem__)
        days = [days_until_due(shown.tiering.scenario, kind) for kind in kinds]
        rows = pd.DataFrame({"kind": [words(f"strategy.move.{kind}.label") for kind in kinds], "days": days})
        key = state.rotate(EDITOR)
        st.data_editor(
            frame.safe_table(rows),
            hide_index=True,
            disabled=["kind"],
            column_config={
                "kind": st.column_config.TextColumn(words("actions.title")),
                "days": st.column_config.NumberColumn(
                    words("actions.due_days.days"), min_value=1, max_value=MOST_DAYS, step=1, format="%d"
                ),
            },
            width=360,
            height="content",
            key=key,
            on_change=lambda: _take(key, kinds),
        )
        st.button(words("actions.due_days.reset"), on_click=lambda: _keep({}))


def _take(key: str, kinds: list[str]) -> None:
    own = dict(state.choices().scenario.playbooks.due_days)
    for place, cells in (state.widget_value(key) or {}).get("edited_rows", {}).items():
        own.pop(kinds[int(place)], None)
        if cells.get("days") is not None:
            own[kinds[int(place)]] = int(cells["days"])
    _keep(own)


def _keep(days: dict[str, int]) -> None:
    now = state.choices().scenario.playbooks
    state.change_scenario(playbooks=now.model_copy(update={"due_days": days}))
    state.turn(EDITOR)
