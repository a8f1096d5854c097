"""Standards: a rule for each tier in a table of conditions, whom each limit moves, and what cannot be judged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, get_args

import pandas as pd
import streamlit as st

from tiering.indicators.catalogue import Indicator
from tiering.said.labels import indicator_label
from tiering.said.ways.standards import SIGNS as SHOWN
from tiering.scenario import SCHEMES
from tiering.scenario.ways.standards import MOST_CONDITIONS, Condition, Sign, Standards, TierRule
from tiering.tiers.indicator_values import Readings
from tiering.tiers.proposals import READY_TIERS, Ready, ready_standards
from tiering.tiers.ways.standards import LimitShift, standard_shifts
from tiering.ui.base import frame, state
from tiering.ui.base.cached import Shown
from tiering.ui.pages.tiers.ways.choice import change, drawn_by
from tiering.words import Words
from tiering.words.typed_limits import limit_text, limit_value

EDITOR = "standard"
ASKED = ("indicator", "sign", "limit")
SIGNS: dict[str, Sign] = {shown: sign for sign, shown in SHOWN.items()}
ABREAST = 3
READY_NAMES = {3: SCHEMES["abc"], 2: ("A", "B")}


def part(shown: Shown, words: Words) -> None:
    """Ready standards, one rule for each tier but the last, and what could not be judged."""
    standards = shown.tiering.scenario.way
    assert isinstance(standards, Standards)
    _ready_buttons(shown, words)
    named = (condition.indicator for rule in standards.rules for condition in rule.conditions)
    known = offered(shown, named, words)
    shifts = standard_shifts(known.readings, standards, shown.tiering.base.revenue)
    abreast = min(len(standards.rules), ABREAST)
    for first in range(0, len(standards.rules), abreast):
        for place, column in enumerate(st.columns(abreast, gap="medium"), start=first):
            if place < len(standards.rules):
                with column:
                    _rule(shown, place, (known, shifts), words)
    st.caption(frame.plain(words("ways.standards.rest", tier=shown.tiering.scenario.tiers[-1])))


def rule_rows(rule: TierRule, known: Offered, words: Words) -> list[Row]:
    """The conditions of a rule as rows to type over."""
    return [
        {
            "indicator": known.label(condition.indicator),
            "sign": SHOWN[condition.sign],
            "limit": limit_text(condition.value, known.indicator(condition.indicator), words),
        }
        for condition in rule.conditions
    ]


def conditions_of(rows: list[Row], known: Offered, words: Words) -> tuple[tuple[Condition, ...], list[str]]:
    """Rows → conditions, and the limits that could not be read; rows only begun are in neither."""
    conditions, unread = [], []
    for row in rows:
        if not is_begun(row, ASKED):
            continue
        key = known.keys[row["indicator"]]
        value = limit_value(str(row["limit"]), known.indicator(key), words)
        if value is None:
            unread.append(str(row["limit"]))
        else:
            conditions.append(Condition(indicator=key, sign=SIGNS[row["sign"]], value=value))
    return tuple(conditions[:MOST_CONDITIONS]), unread


def _rule(shown: Shown, place: int, facts: tuple[Offered, tuple[LimitShift, ...]], words: Words) -> None:
    known, shifts = facts
    standards: Standards = shown.tiering.scenario.way  # type: ignore[assignment]
    rule, tier = standards.rules[place], shown.tiering.scenario.tiers[place]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{frame.plain(tier)}**", width="content")
        _need(standards, place, words)
    rows = rule_rows(rule, known, words)
    key = f"{EDITOR}-{place}-{words.language}-{hash(rule)}"
    table = pd.DataFrame(rows, columns=ASKED)
    table["moves"] = [_moves(shift, words) for shift in shifts if shift.tier == place]
    st.data_editor(
        frame.safe_table(table) if rows else table.astype(object),
        key=key,
        hide_index=True,
        num_rows="dynamic",
        disabled=("moves",),
        column_config=_columns(known, words),
        on_change=lambda: _take(standards, place, rows_after(rows, state.widget_value(key)), (known, words)),
        width="stretch",
    )
    _, unread = conditions_of(rows_after(rows, state.widget_value(key) or {}), known, words)
    for text in unread:
        st.error(frame.plain(words("ways.limit_unread", text=text)))


def _take(standards: Standards, place: int, rows: list[Row], facts: tuple[Offered, Words]) -> None:
    """Apply the table once every limit in it can be read; until then it stays as it was typed."""
    conditions, unread = conditions_of(rows, *facts)
    rule = standards.rules[place].model_copy(update={"conditions": conditions})
    if unread or rule == standards.rules[place]:
        return
    change(way=with_rule(standards, place, rule))


def with_rule(standards: Standards, place: int, rule: TierRule) -> Standards:
    """The standards with one tier's rule replaced."""
    return standards.model_copy(update={"rules": (*standards.rules[:place], rule, *standards.rules[place + 1 :])})


def _need(standards: Standards, place: int, words: Words) -> None:
    key = f"need-{place}"
    rule = standards.rules[place]
    state.set_widget(key, rule.need)
    st.segmented_control(
        words("ways.standards.need.label"),
        ("all", "any"),
        format_func=lambda need: words(f"ways.standards.need.{need}"),
        key=key,
        on_change=lambda: change(
            way=with_rule(standards, place, rule.model_copy(update={"need": state.widget_value(key)}))
        ),
        required=True,
        label_visibility="collapsed",
    )


def _ready_buttons(shown: Shown, words: Words) -> None:
    with st.container(horizontal=True, gap="small"):
        for ready in get_args(Ready):
            st.button(
                words(f"ways.ready.{ready}"),
                key=f"ready-{ready}",
                help=words(f"ways.ready.{ready}_why"),
                on_click=lambda ready=ready: change(**ready_changes(shown, ready)),
            )
        anew = drawn_by("standards", shown.tiering.scenario, shown)
        st.button(words("ways.ready.data"), key="ready-data", on_click=lambda: change(**anew))


def ready_changes(shown: Shown, ready: Ready) -> dict[str, object]:
    """Customary standards; where they make another number of tiers, these get customary names and new lines."""
    changes: dict[str, object] = {"way": ready_standards(ready, shown.tiering.base.readings)}
    if len(shown.tiering.scenario.tiers) != READY_TIERS[ready]:
        changes.update(tiers=READY_NAMES[READY_TIERS[ready]], cuts=None, hues=())
    return changes


def _moves(shift: LimitShift, words: Words) -> str:
    """Customers who move when a limit is 1 % higher, and lower."""
    return words(
        "ways.standards.moves_by",
        higher=words.number(shift.higher.customers),
        lower=words.number(shift.lower.customers),
    )


def _columns(known: Offered, words: Words) -> dict[str, Any]:
    column = st.column_config
    return {
        "indicator": column.SelectboxColumn(words("ways.indicator"), options=known.labels, required=True, width=108),
        "sign": column.SelectboxColumn(words("ways.sign"), options=list(SIGNS), required=True, width=54),
        "limit": column.TextColumn(words("ways.limit"), help=words("ways.limit_help"), required=True, width=84),
        "moves": column.TextColumn(words("ways.standards.moves"), help=words("ways.standards.moves_help"), width=72),
    }


WAYS = {"standards": part}


Row = dict[str, Any]


def rows_after(rows: Sequence[Row], typed: dict[str, Any]) -> list[Row]:
    """Rows with the table's edits: cells typed over, rows added at the end, rows deleted."""
    edited = {int(place): cells for place, cells in typed.get("edited_rows", {}).items()}
    gone = {int(place) for place in typed.get("deleted_rows", ())}
    kept = [{**row, **edited.get(place, {})} for place, row in enumerate(rows) if place not in gone]
    return [*kept, *typed.get("added_rows", ())]


def is_begun(row: Row, names: Sequence[str]) -> bool:
    """Whether all of ``names`` are filled in; a row that was only begun waits."""
    return all(row.get(name) not in (None, "") for name in names)


@dataclass(frozen=True)
class Offered:
    """Labels to choose from → keys, the indicators behind them, and those nobody has a value of."""

    keys: dict[str, str]
    readings: Readings

    @property
    def labels(self) -> list[str]:
        """What the list shows."""
        return list(self.keys)

    def label(self, key: str) -> str:
        """What an indicator is called in the list."""
        return next(label for label, offered in self.keys.items() if offered == key)

    def indicator(self, key: str) -> Indicator | None:
        """The indicator, None where it is no longer known."""
        return self.readings.indicators.get(key)


def offered(shown: Shown, named: Iterable[str], words: Words) -> Offered:
    """The indicators of the data shown, then those ``named`` by a rule that it does not have."""
    known = shown.tiering.base.readings
    keys = shown.tiering.base.matrix.keys
    missing = [key for key in dict.fromkeys(named) if key not in keys]
    texts = {indicator_label(key, words): key for key in keys}
    for key in missing:
        found = known.of(key) is not None
        label = indicator_label(key, words)
        texts[label if found else words("ways.absent_label", indicator=label)] = key
    return Offered(texts, known)
