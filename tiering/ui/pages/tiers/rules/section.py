"""What counts beyond weights and lines, one part at a time: appeals, groups, and a line that says what is in force."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from tiering.dataset import Dataset
from tiering.evaluate import Tiering, tier_names
from tiering.said.labels import customer_labels
from tiering.said.tables import appeals_table, contradictions_table, groups_table
from tiering.scenario.exceptions import Appeal, Ledger, Override
from tiering.tiers.groups import has_parents
from tiering.tiers.overrides import EntryStatus
from tiering.ui.base import frame, state
from tiering.ui.base.cached import Shown
from tiering.ui.base.remembered import Remembered
from tiering.ui.pages.tiers.rules import overrides, points
from tiering.ui.pages.tiers.rules.overrides import chosen_customer, next_year
from tiering.views.group_tiers import GroupTiers, group_tiers
from tiering.words import Words

MOST_NAMED = 8


def groups(shown: Shown, words: Words) -> None:
    """What the groups are, then the sites that contradict them; without a parent column, why there is nothing."""
    if not has_parents(shown.tiering.base.customers):
        st.info(words("groups.no_column"))
        return
    st.caption(words("groups.about"))
    found = _cached_group_tiers(shown)
    _circles(shown.tiering, found, words)
    if found.groups.empty:
        st.info(words("groups.none"))
        return
    st.markdown(words("groups.sentence", n=len(found.groups), sites=len(found.sites), apart=len(found.contradictions)))
    if len(found.contradictions):
        st.markdown(f"**{words('groups.contradictions')}**")
        _table(contradictions_table(shown.tiering, found, words), words)
    st.markdown(f"**{words('groups.all')}**")
    _table(groups_table(shown.tiering, found, words), words)


def _circles(tiering: Tiering, found: GroupTiers, words: Words) -> None:
    if not found.circular.size:
        return
    named = customer_labels(tiering.base.customers.iloc[found.circular[:MOST_NAMED]])
    more = "…" if found.circular.size > MOST_NAMED else ""
    st.warning(frame.plain(words("groups.circular", n=found.circular.size, list=words.listed(named) + more)))


def _table(table: pd.DataFrame, words: Words) -> None:
    number: Any = st.column_config.NumberColumn
    text = st.column_config.TextColumn
    figures = {name: number(words(f"column.{name}"), format="localized") for name in ("sites", "sites_apart")}
    names = ("customer_id", "customer_name", "group", "tier", "group_tier", "apart")
    st.dataframe(
        frame.safe_table(table),
        hide_index=True,
        height=min(36 * (len(table) + 1), 420),
        placeholder="",
        column_config={
            **{name: text(words(f"column.{name}")) for name in names},
            **figures,
            "annual_revenue": number(words("customer.revenue"), format="localized", step=1),
        },
    )


def _cached_group_tiers(shown: Shown) -> GroupTiers:
    settings = shown.tiering.scenario.model_dump_json()
    return _found(shown.dataset.fingerprint, settings, _dataset=shown.dataset, _tiering=shown.tiering)


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def _found(fingerprint: str, settings: str, _dataset: Dataset, _tiering: Tiering) -> GroupTiers:
    return group_tiers(_dataset, _tiering)


def appeals(shown: Shown, words: Words) -> None:
    """The form for an objection, all appeals, and the answer to the one picked."""
    st.caption(words("appeal.about"))
    _raise(shown, words)
    raised = shown.tiering.scenario.ledger.appeals
    if not raised:
        return
    picked: Any = st.dataframe(
        frame.safe_table(appeals_table(shown.tiering, words)),
        hide_index=True,
        height="content",
        selection_mode="single-row",
        on_select="rerun",
        key=state.rotate("appeals-table"),
        column_config=_columns(words),
        placeholder="",
    )
    rows = [row for row in picked.selection.rows if row < len(raised)]
    if rows:
        _answer(shown, rows[0], words)
    else:
        st.caption(words("appeal.pick"))


def _raise(shown: Shown, words: Words) -> None:
    turn = state.rotate("appeal-form")
    with st.form(turn, enter_to_submit=False):
        who = chosen_customer(shown, f"{turn}-who", words)
        left, right = st.columns((2, 1), vertical_alignment="bottom")
        by = left.text_input(words("appeal.by"), max_chars=200)
        asked = right.selectbox(words("appeal.asked"), shown.tiering.scenario.tiers, index=None, placeholder="–")
        objection = st.text_area(words("appeal.objection"), max_chars=2000, height=68)
        sent = st.form_submit_button(words("appeal.add"), type="primary")
    if not sent:
        return
    if not (who and by.strip() and objection.strip()):
        st.warning(words("appeal.incomplete"))
        return
    today = shown.tiering.base.as_of or date.today()
    appeal = Appeal(
        customer_id=who, objection=objection, by=by, raised=today, tier=_tier_now(shown, who), asked=asked or ""
    )
    _change(lambda ledger: {"appeals": (*ledger.appeals, appeal)})
    state.turn("appeal-form")
    st.rerun("app")


def _tier_now(shown: Shown, who: str) -> str:
    ids = shown.tiering.base.customers["customer_id"].astype(str)
    names = tier_names(shown.tiering)[(ids == who).to_numpy()]
    return str(names[0]) if names.size else ""


def _answer(shown: Shown, place: int, words: Words) -> None:
    """Decision and answer for one appeal; granting it sets the tier by hand up to a chosen day."""
    appeal, tiers = shown.tiering.scenario.ledger.appeals[place], shown.tiering.scenario.tiers
    today = shown.tiering.base.as_of or date.today()
    with st.form(f"answer-{place}", enter_to_submit=False):
        answer = st.text_area(words("appeal.answer"), value=appeal.answer, max_chars=2000, height=68)
        first, second, third = st.columns(3, vertical_alignment="bottom")
        at = tiers.index(appeal.asked) if appeal.asked in tiers else None
        tier = first.selectbox(words("ledger.tier"), tiers, index=at, placeholder="–")
        owner = second.text_input(words("ledger.owner"), max_chars=200)
        expires = third.date_input(words("ledger.expires"), value=next_year(today), format="YYYY-MM-DD")
        with st.container(horizontal=True):
            granted = st.form_submit_button(words("appeal.grant"), type="primary")
            declined = st.form_submit_button(words("appeal.decline"))
    if not (granted or declined):
        return
    if not answer.strip() or (granted and not (tier and owner.strip())):
        st.warning(words("appeal.answer_incomplete" if granted else "appeal.answer_missing"))
        return
    done = appeal.model_copy(update={"decision": "granted" if granted else "declined", "answer": answer.strip()})
    _change(lambda ledger: {"appeals": (*ledger.appeals[:place], done, *ledger.appeals[place + 1 :])})
    if granted:
        by_hand = Override(
            customer_id=appeal.customer_id, tier=str(tier), reason=answer, owner=owner, expires=expires, since=today
        )
        _change(lambda ledger: {"overrides": (*ledger.overrides, by_hand)}, undoable=False)
    state.turn("appeals-table")
    st.rerun("app")


def _change(update: Any, *, undoable: bool = True) -> None:
    """Replace parts of the ledger; a second part of one decision belongs to the same step of undo."""
    scenario = state.choices().scenario
    ledger: Ledger = scenario.ledger.model_copy(update=update(scenario.ledger))
    if undoable:
        state.change_scenario(ledger=ledger)
    else:
        state.choose(scenario=scenario.model_copy(update={"ledger": ledger}))


def _columns(words: Words) -> dict[str, Any]:
    text = st.column_config.TextColumn
    names = ("by", "objection", "tier", "asked", "decision", "answer", "now")
    return {
        "customer_id": text(words("customer.id")),
        "customer_name": text(words("customer.name")),
        "raised": st.column_config.DateColumn(words("appeal.column.raised"), format="YYYY-MM-DD"),
        **{name: text(words(f"appeal.column.{name}")) for name in names},
        "annual_revenue": st.column_config.NumberColumn(words("customer.revenue"), format="localized", step=1),
    }


PARTS = {
    "points": points.points,
    "caps": points.caps,
    "hand": overrides.by_hand,
    "appeals": appeals,
    "groups": groups,
}
_CONTROLS = Remembered("rules", lambda _, part: f"rules.part.{part}")


def part(shown: Shown, words: Words) -> None:
    """Points, caps, tiers by hand, appeals and groups, side by side."""
    chosen = _CONTROLS.picked("part", tuple(PARTS), words, bare=True)
    PARTS[chosen](shown, words)


def in_force(shown: Shown, words: Words) -> None:
    """One line that says what is in force, so that a closed dock hides no rule."""
    tiering, settled = shown.tiering, shown.tiering.adjustments
    if settled is None:
        return
    moved = int((tiering.by_score != tiering.base_tiers).sum())
    answers = {"points": settled.points.point_answers, "caps": settled.points.cap_answers}
    usable = {kind: sum(answer.fault is None for answer in found) for kind, found in answers.items()}
    said = [words("rules.standing", n=moved, hand=int((settled.hand.tiers >= 0).sum()), **usable)]
    idle = sum(len(found) for found in answers.values()) - sum(usable.values())
    if idle:
        said.append(words("rules.idle", n=idle))
    expired = sum(entry.standing == EntryStatus.EXPIRED for entry in settled.hand.entries)
    if expired:
        said.append(words("rules.expired", n=expired))
    st.caption(words.sentences(said))
