"""Tiers set by hand: enter one, see what they change, and what has expired or vanished."""

from __future__ import annotations

from calendar import isleap
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from tiering.said.labels import customer_labels
from tiering.said.tables import ORDER, ledger_entries, ledger_table
from tiering.scenario.exceptions import Override
from tiering.tiers.final_tier import hand_effect
from tiering.tiers.overrides import EntryStatus
from tiering.ui.base import frame, regions, state
from tiering.ui.base.cached import Shown
from tiering.words import Words


def by_hand(shown: Shown, words: Words) -> None:
    """The form, the ledger, and its effect on the totals."""
    st.caption(words("ledger.about"))
    override_form(shown, None, words)
    if not shown.tiering.scenario.ledger.overrides:
        return
    ledger(shown, words)
    totals(shown, words)


def override_form(shown: Shown, customer_id: str | None, words: Words) -> None:
    """Tier, reason, owner and last day for ``customer_id``, or for one still to be chosen."""
    today = shown.tiering.base.as_of or date.today()
    turn = state.rotate("override-form")  # emptied once it is entered, not when something is missing
    with st.form(f"{turn}-{customer_id or 'any'}", border=customer_id is None, enter_to_submit=False):
        who = customer_id or chosen_customer(shown, f"{turn}-who", words)
        left, right, last = st.columns((1, 2, 1), vertical_alignment="bottom")
        tier = left.selectbox(words("ledger.tier"), shown.tiering.scenario.tiers, index=None, placeholder="–")
        owner = right.text_input(words("ledger.owner"), max_chars=200)
        expires = last.date_input(words("ledger.expires"), value=next_year(today), format="YYYY-MM-DD")
        reason = st.text_area(words("ledger.reason"), max_chars=2000, height=68)
        sent = st.form_submit_button(words("ledger.add"), type="primary")
    if not sent:
        return
    given = {"customer": who, "tier": tier, "owner": owner.strip(), "expires": expires, "reason": reason.strip()}
    lacking = [words(f"ledger.cell.{name}") for name, value in given.items() if not value]
    if lacking:
        st.warning(words("ledger.incomplete", list=words.listed(lacking)))
        return
    given = {"customer_id": who, **{name: given[name] for name in ("tier", "owner", "expires", "reason")}}
    _add(Override.model_validate({**given, "since": today}))


def _add(override: Override) -> None:
    state.turn("override-form")
    ledger = state.choices().scenario.ledger
    state.change_scenario(ledger=ledger.model_copy(update={"overrides": (*ledger.overrides, override)}))
    st.rerun("app")


def ledger(shown: Shown, words: Words) -> None:
    """All entries, those in force first; what does nothing any more is named above the table."""
    entries = ledger_entries(shown.tiering)
    for standing in (EntryStatus.EXPIRED, EntryStatus.NO_CUSTOMER, EntryStatus.NO_TIER):
        count = sum(entry.standing == standing for entry in entries)
        if count:
            st.info(words(f"ledger.note.{standing}", n=count, as_of=shown.tiering.base.as_of or "–"))
    table = ledger_table(shown.tiering, words)
    picked: Any = st.dataframe(
        frame.safe_table(table),
        hide_index=True,
        height="content",
        selection_mode="multi-row",
        on_select="rerun",
        key=state.rotate("ledger-table"),
        column_config=ledger_columns(words),
        placeholder="",
    )
    ordered = sorted(entries, key=lambda entry: ORDER.index(entry.standing))
    chosen = [ordered[row].override for row in picked.selection.rows if row < len(ordered)]
    st.button(words("ledger.remove", n=len(chosen)), disabled=not chosen, on_click=_remove, args=(chosen,))


def _remove(chosen: list[Override]) -> None:
    ledger = state.choices().scenario.ledger
    kept = tuple(override for override in ledger.overrides if override not in chosen)
    state.turn("ledger-table")
    state.change_scenario(ledger=ledger.model_copy(update={"overrides": kept}))
    regions.follow_release()


def totals(shown: Shown, words: Words) -> None:
    """What the ledger changes: customers and revenue of each tier by the rules alone, and with it."""
    tiering = shown.tiering
    if tiering.adjustments is None:
        return
    effect = hand_effect(tiering.adjustments, tiering.base_tiers, tiering.base.revenue)
    names = [*tiering.scenario.tiers, words("tier.unscored")]
    table = pd.DataFrame(
        {
            "tier": names,
            "by_rule": effect.by_rule.customers,
            "final": effect.final.customers,
            "change": effect.customers,
            "revenue": effect.revenue.round(2),
        }
    )
    st.markdown(f"**{words('ledger.effect')}**")
    number = st.column_config.NumberColumn
    st.dataframe(
        table[(table["by_rule"] > 0) | (table["final"] > 0)],
        hide_index=True,
        height="content",
        column_config={
            "tier": st.column_config.TextColumn(words("customer.tier")),
            "by_rule": number(words("ledger.column.by_rule_customers")),
            "final": number(words("ledger.column.final_customers")),
            "change": number(words("ledger.column.change"), format="%+d"),
            "revenue": number(words("ledger.column.revenue_change"), format="localized", step=1),
        },
    )


def ledger_columns(words: Words) -> dict[str, Any]:
    """Headers of the columns of ``ledger_table``."""
    text, day = st.column_config.TextColumn, st.column_config.DateColumn
    return {
        "customer_id": text(words("customer.id")),
        "customer_name": text(words("customer.name")),
        "ledger_standing": text(words("ledger.column.standing")),
        **{name: text(words(f"ledger.column.{name}")) for name in ("by_rule", "by_hand", "reason", "owner")},
        **{name: day(words(f"ledger.column.{name}"), format="YYYY-MM-DD") for name in ("since", "expires")},
        "annual_revenue": st.column_config.NumberColumn(words("customer.revenue"), format="localized", step=1),
    }


MOST_CHOICES = 2000


def chosen_customer(shown: Shown, key: str, words: Words) -> str | None:
    """A customer of the data; beyond some thousand the biggest ones by name and any other by its number."""
    customers = shown.tiering.base.customers.head(MOST_CHOICES)
    labels = dict(zip(customers["customer_id"].astype(str), customer_labels(customers), strict=True))
    many = len(shown.tiering.tiers) > MOST_CHOICES
    return st.selectbox(
        words("rules.customer"),
        list(labels),
        index=None,
        format_func=lambda who: labels.get(who, who) if labels.get(who) == who else f"{labels.get(who, '')} {who}",
        key=key,
        placeholder=words("rules.customer_many" if many else "rules.customer_pick"),
        accept_new_options=many,
    )


def next_year(day: date) -> date:
    """The same day a year on, where a tier set by hand ends unless another day is chosen."""
    leap_day = (day.month, day.day) == (2, 29) and not isleap(day.year + 1)
    return date(day.year + 1, 2, 28) if leap_day else day.replace(year=day.year + 1)
