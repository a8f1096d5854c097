"""Majority rule: the criteria with their weights, what is good enough for each tier and what is too bad for it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st
from pydantic import ValidationError

from tiering.scenario.ways import MOST_CRITERIA, Criterion, Majority
from tiering.tiers.limits import ProfileShift, profile_shifts
from tiering.ui.base import frame, state
from tiering.ui.base.cached import Shown
from tiering.ui.pages.tiers.ways.choice import change, proposed_way
from tiering.ui.pages.tiers.ways.indicators import Offered, offered
from tiering.ui.pages.tiers.ways.rows import Row, is_begun, rows_after
from tiering.words import Words
from tiering.words.limits import limit_text, limit_value

SHARE, EDITOR = "majority-share", "majority-table"


def part(shown: Shown, words: Words) -> None:
    """The majority asked for, the table, what a percent decides, and what could not be judged."""
    majority = shown.tiering.scenario.way
    assert isinstance(majority, Majority)
    names = shown.tiering.scenario.tiers[:-1]
    known = offered(shown, (criterion.indicator for criterion in majority.criteria), words)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        _share(majority, words)
        st.button(words("ways.majority.propose"), key="majority-propose", on_click=lambda: _propose(shown))
    rows = criterion_rows(majority, len(names), known, words)
    key = f"{EDITOR}-{words.language}-{hash((majority.criteria, len(names)))}"
    st.data_editor(
        frame.safe_table(pd.DataFrame(rows, columns=["indicator", "weight", *_limit_keys(len(names))])),
        key=key,
        hide_index=True,
        num_rows="dynamic",
        column_config=_columns(known, names, words),
        on_change=lambda: _take(majority, rows_after(rows, state.widget_value(key)), len(names), (known, words)),
        width="stretch",
    )
    for fault in criteria_of(rows_after(rows, state.widget_value(key) or {}), len(names), known, words)[1]:
        st.error(frame.plain(fault))
    shifts = profile_shifts(known.readings, majority, len(names), shown.tiering.base.revenue)
    st.caption(frame.plain(" · ".join(_shift(shift, names, shown, words) for shift in shifts)))


def criterion_rows(majority: Majority, lines: int, known: Offered, words: Words) -> list[Row]:
    """One row for each criterion: indicator, weight, and for each tier what is good enough and what is too bad."""
    rows: list[Row] = []
    for criterion in majority.criteria:
        indicator = known.indicator(criterion.indicator)
        row: Row = {"indicator": known.label(criterion.indicator), "weight": criterion.weight}
        for tier in range(lines):
            veto = criterion.vetoes[tier] if criterion.vetoes else None
            row[f"good{tier}"] = limit_text(criterion.profiles[tier], indicator, words)
            row[f"bad{tier}"] = "" if veto is None else limit_text(veto, indicator, words)
        rows.append(row)
    return rows


def criteria_of(rows: list[Row], lines: int, known: Offered, words: Words) -> tuple[tuple[Criterion, ...], list[str]]:
    """Rows → criteria, and sentences on what cannot be used; rows only begun are in neither."""
    needed = ("indicator", "weight", *(f"good{tier}" for tier in range(lines)))
    criteria, faults = [], []
    for row in rows:
        if not is_begun(row, needed):
            continue
        indicator = known.indicator(known.keys[row["indicator"]])
        texts = [str(row.get(name) or "") for name in _limit_keys(lines)]
        limits = [limit_value(text, indicator, words) if text else None for text in texts]
        unread = [text for text, limit in zip(texts, limits, strict=True) if text and limit is None]
        if unread:
            faults += [words("ways.limit_unread", text=text) for text in unread]
            continue
        try:
            criteria.append(_criterion(known.keys[row["indicator"]], int(row["weight"]), limits))
        except ValidationError:
            faults.append(words("ways.majority.up_and_down", indicator=row["indicator"]))
    return tuple(criteria[:MOST_CRITERIA]), faults


def _criterion(key: str, weight: int, limits: list[float | None]) -> Criterion:
    vetoes = limits[1::2]
    return Criterion.model_validate(
        {
            "indicator": key,
            "weight": weight,
            "profiles": limits[::2],
            "vetoes": vetoes if any(veto is not None for veto in vetoes) else (),
        }
    )


def _take(majority: Majority, rows: list[Row], lines: int, facts: tuple[Offered, Words]) -> None:
    """Apply the table once everything in it can be used; until then it stays as it was typed."""
    criteria, faults = criteria_of(rows, lines, *facts)
    if not faults and criteria != majority.criteria:
        change(way=majority.model_copy(update={"criteria": criteria}))


def _propose(shown: Shown) -> None:
    change(way=proposed_way("majority", shown.tiering.scenario, shown))


def _share(majority: Majority, words: Words) -> None:
    state.set_widget(SHARE, round(majority.majority * 100))
    st.slider(
        words("ways.majority.share"),
        50,
        100,
        key=SHARE,
        format="%d%%",
        on_change=lambda: change(way=majority.model_copy(update={"majority": state.widget_value(SHARE) / 100})),
        help=words("ways.majority.share_help"),
        width=320,
    )


def _shift(shift: ProfileShift, names: tuple[str, ...], shown: Shown, words: Words) -> str:
    currency = shown.dataset.currency
    return words(
        "ways.majority.shift",
        tier=names[shift.tier],
        stricter=words.number(shift.stricter.customers),
        stricter_money=words.money(shift.stricter.revenue, currency),
        looser=words.number(shift.looser.customers),
        looser_money=words.money(shift.looser.revenue, currency),
    )


def _limit_keys(lines: int) -> list[str]:
    return [f"{kind}{tier}" for tier in range(lines) for kind in ("good", "bad")]


def _columns(known: Offered, names: tuple[str, ...], words: Words) -> dict[str, Any]:
    column = st.column_config
    columns: dict[str, Any] = {
        "indicator": column.SelectboxColumn(
            words("ways.indicator"), options=known.labels, required=True, width="medium"
        ),
        "weight": column.NumberColumn(
            words("ways.weight"), min_value=0, max_value=100, step=1, required=True, width="small"
        ),
    }
    for tier, name in enumerate(names):
        columns[f"good{tier}"] = column.TextColumn(
            words("ways.majority.good", tier=name), help=words("ways.limit_help")
        )
        columns[f"bad{tier}"] = column.TextColumn(
            words("ways.majority.bad", tier=name), help=words("ways.majority.bad_help")
        )
    return columns
