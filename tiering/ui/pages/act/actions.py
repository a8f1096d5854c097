"""Recommendations: what to do now, for whom, by when and for how much; as call lists, each kind with its days."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from tiering.report.csv import BYTE_ORDER_MARK, csv_pieces
from tiering.report.excel.customers import MONEY_DECIMALS, call_lists_workbook
from tiering.said import call_lists
from tiering.said.call_lists import CallListContext
from tiering.strategy.actions import DUE_DAYS, Action, days_until_due, ordered
from tiering.strategy.recommend import kinds_unavailable, partly_judged
from tiering.strategy.situation import Situation
from tiering.ui.base import cached, cached_views, drill_down, frame, state
from tiering.ui.base import strategy_choices as choices
from tiering.ui.base.cached import Shown
from tiering.words import Words
from tiering.words.advice import judged_in_part, not_judged

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_DRAWN = 12
ANY = ""
EDITOR = "strategy-due-days"
MOST_DAYS = 730


def section(shown: Shown, words: Words) -> None:
    """Draw the actions that are left by the filters, biggest first."""
    found = cached_views.actions_of(shown)
    wanted = _wanted(shown, words)
    kept = ordered([action.among(wanted) for action in found])
    st.markdown(_sentence(kept, words))
    known = CallListContext(Situation(shown.tiering, cached.evidence(shown)), shown.dataset.currency)
    if kept:
        _workbook(known, kept, words)
    everything = len(kept) <= MOST_DRAWN or st.toggle(words("actions.all", n=len(kept)), key="strategy-all-actions")
    for place, action in enumerate(kept if everything else kept[:MOST_DRAWN]):
        _action(shown, known, (action, place), words)
    due_days_section(shown, words)
    _untold(shown, words)


def _untold(shown: Shown, words: Words) -> None:
    """Which kinds the data cannot support, or only in part, and what would unlock them."""
    known = cached.evidence(shown)
    for sentence in (*not_judged(kinds_unavailable(known), words), *judged_in_part(partly_judged(known), words)):
        st.caption(frame.plain(sentence))
    if shown.dataset.orders is None or "category" not in shown.dataset.orders.column_names:
        st.caption(words("actions.needs_category"))


def due_label(shown: Shown, action: Action, words: Words) -> str:
    """The day by which an action is due, and whether it is only customary."""
    is_own = action.kind in shown.tiering.scenario.playbooks.due_days
    return words("actions.due_own" if is_own else "actions.due", day=action.due)


def _sentence(kept: tuple[Action, ...], words: Words) -> str:
    if not kept:
        return words("actions.none")
    customers = int(sum(action.rows.size for action in kept))
    return words("actions.sentence", n=len(kept), kinds=len({action.kind for action in kept}), customers=customers)


def _wanted(shown: Shown, words: Words) -> np.ndarray:
    """Customers (n,) that the filters leave: by tier, and by region and owner where the file has them."""
    customers, names = shown.tiering.base.customers, list(shown.tiering.scenario.tiers)
    wanted = np.ones(len(customers), dtype=bool)
    with st.container(horizontal=True, gap="medium"):
        tier = choices.selected("only_tier", [ANY, *names], words, lambda name: name or words("actions.any"))
        if tier:
            wanted &= shown.tiering.tiers == names.index(tier)
        for column in ("region", "owner"):
            if column in customers and customers[column].notna().any():
                cells = customers[column].astype(object)
                offered = [ANY, *sorted({str(cell) for cell in cells.dropna()})]
                picked = choices.selected(f"only_{column}", offered, words, lambda name: name or words("actions.any"))
                if picked:
                    wanted &= (cells.astype(str) == picked).to_numpy()
    return wanted


def _action(shown: Shown, known: CallListContext, placed: tuple[Action, int], words: Words) -> None:
    action, place = placed
    said = call_lists.card(known, action, words)
    tiers = [*shown.tiering.scenario.tiers, words("formula.no_tier")]
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{frame.plain(tiers[action.tier])} · {frame.plain(said['title'])}**", width="content")
            st.space("stretch")
            st.markdown(frame.plain(said["money"]), width="content")
        st.markdown(frame.plain(said["detail"]))
        with st.container(horizontal=True, vertical_alignment="center"):
            if action.due is not None:
                st.caption(due_label(shown, action, words), width="content")
            st.space("stretch")
            if st.button(words("actions.show"), type="tertiary", key=f"strategy-action-{place}"):
                ids = shown.tiering.base.customers["customer_id"].iloc[action.rows].tolist()
                drill_down.show_customers(drill_down.Listing(said["title"], ids))
            st.download_button(
                words("actions.csv"),
                lambda: _csv(known, action, words),
                file_name=f"{action.kind}-{place + 1}.csv",
                mime="text/csv",
                on_click="ignore",
                key=f"strategy-call-list-{place}",
                type="tertiary",
            )


def _csv(known: CallListContext, action: Action, words: Words) -> bytes:
    rows = call_lists.call_list(known, action, words)
    headers = call_lists.labels(rows, words)
    return BYTE_ORDER_MARK.encode() + b"".join(csv_pieces(rows[list(headers)], list(headers.values()), MONEY_DECIMALS))


def _workbook(known: CallListContext, kept: tuple[Action, ...], words: Words) -> None:
    st.download_button(
        words("actions.xlsx"),
        lambda: call_lists_workbook(known, kept, words),
        file_name="call-lists.xlsx",
        mime=XLSX,
        on_click="ignore",
        key="strategy-call-lists",
    )


def due_days_section(shown: Shown, words: Words) -> None:
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
