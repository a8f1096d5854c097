"""Migration: who moved between two dates, what that was worth, the flow over reviews, and how steady the tiers are."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from tiering.metrics.windows import months_before
from tiering.movement.chain import AWAY, Chain
from tiering.movement.migration import (
    Migration,
    arrivals_and_departures,
    migration,
    rates,
    state_changes,
    states_in_use,
    ups_and_downs,
)
from tiering.ui.base import cached_movement, drill_down, frame, past_dates, state
from tiering.ui.base import movement_choices as choices
from tiering.ui.base.cached import Shown
from tiering.ui.base.drawing import draw
from tiering.ui.base.theme import CELL
from tiering.ui.charts.flow import States, flow_chart
from tiering.ui.charts.grid import grid_chart
from tiering.ui.pages.movement import steadiness
from tiering.words import Words

FIGURES = ("counts", "rates", "money")
MOST_MOVERS = 1000
QUARTER = 3
MOST_STEPS = 8


def section(shown: Shown, words: Words) -> None:
    """Draw the matrix, the flow and the movers."""
    if not past_dates.reviews(shown, "migration", words):
        return
    start, end = past_dates.two_dates(shown, words)
    chain = cached_movement.chain(shown, [start, end], words)
    matrix = migration(chain, 0, 1)
    past_dates.warn_of_short_window(shown, start, words)
    st.markdown(_sentence(shown, chain, matrix, words))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        look = choices.picked("look", ["matrix", "flow", "steady"], words, bare=True)
        figure = choices.picked("figure", FIGURES, words, bare=True) if look == "matrix" else ""
    if look == "steady":
        steadiness.section(shown, words)
        return
    if look == "flow":
        flow_section(shown, (start, end), words)
    else:
        _matrix(shown, chain, matrix, figure, words)
    _movers(shown, chain, words)


def _sentence(shown: Shown, chain: Chain, matrix: Migration, words: Words) -> str:
    ups, downs = ups_and_downs(matrix.counts[: chain.count, : chain.count])
    new, back, left = arrivals_and_departures(matrix, chain.count)
    lost = float(matrix.before[: chain.count + 1, chain.count + AWAY].sum())
    return frame.plain(
        words(
            "movement.migration.sentence",
            start=chain.dates[0],
            end=chain.dates[1],
            ups=ups,
            downs=downs,
            new=new + back,
            left=left,
            lost=words.money(lost, shown.dataset.currency),
        )
    )


def _matrix(shown: Shown, chain: Chain, matrix: Migration, figure: str, words: Words) -> None:
    cells = _cells(shown, chain, matrix, figure, words)
    st.caption(words(f"movement.figure.hint_{figure}", start=chain.dates[0], end=chain.dates[1]))
    event: Any = draw(
        grid_chart(cells, words, frame.is_dark()), words, on_select="rerun", selection_mode=CELL, key="movement-matrix"
    )
    picked = event.selection.get(CELL) if event.selection else None
    if picked:
        _show_cell(chain, int(picked[0]["row_place"]), int(picked[0]["column_place"]), words)


def _show_cell(chain: Chain, row: int, column: int, words: Words) -> None:
    labels = past_dates.state_labels(chain.names, words)
    inside = (chain.states[0] == row) & (chain.states[1] == column)
    title = words("movement.from_to", before=labels[row], after=labels[column])
    if inside.any():
        drill_down.show_customers(drill_down.Listing(title, chain.customer_ids[inside].tolist()))


def _cells(shown: Shown, chain: Chain, matrix: Migration, figure: str, words: Words) -> pd.DataFrame:
    """One row per cell; every customer is in one, so that a row's shares are of all who stood there."""
    rows, columns = states_in_use(matrix, chain.count)
    row, column = (side.ravel() for side in np.meshgrid(rows, columns, indexing="ij"))
    labels = np.array(past_dates.state_labels(chain.names, words), dtype=object)
    customers, shares = matrix.counts[row, column], rates(matrix.counts)[0][row, column]
    cells = pd.DataFrame(
        {
            "row_place": row,
            "column_place": column,
            "row": labels[row],
            "column": labels[column],
            "customers": customers,
            "revenue": matrix.after[row, column],
            "change": matrix.after[row, column] - matrix.before[row, column],
            "shade": np.nan_to_num(shares),
        }
    )
    notes = [_note(cell, figure, shown.dataset.currency, words) for cell in cells.to_dict("records")]
    return cells.assign(note=[note[0] for note in notes], under=[note[1] for note in notes])


def _note(cell: dict[Any, Any], figure: str, currency: str, words: Words) -> tuple[str, str]:
    """The figure of a cell and what stands under it."""
    if not cell["customers"]:
        return "", ""
    customers, percent = words("movement.customers", n=int(cell["customers"])), words.percent(cell["shade"])
    money = ("+" if cell["change"] > 0 else "") + words.money(cell["change"], currency)
    return {"counts": (customers, percent), "rates": (percent, customers), "money": (money, customers)}[figure]


def _movers(shown: Shown, chain: Chain, words: Words) -> None:
    rows = state_changes(chain, 0, 1)
    st.subheader(words("movement.movers.title", n=rows.size), anchor=False)
    if not rows.size:
        st.caption(words("movement.movers.none"))
        return
    listed = _mover_rows(shown, chain, rows, words)
    labels = {name: words(f"movement.movers.{name}") for name in map(str, listed) if name != "customer_id"}
    picked = st.dataframe(
        frame.safe_table(listed.head(MOST_MOVERS)),
        hide_index=True,
        placeholder="",
        column_order=list(labels),
        column_config=_columns(labels),
        height="content" if len(listed) <= drill_down.FEW_ROWS else drill_down.MOST_HEIGHT,
        on_select="rerun",
        selection_mode="single-row",
        key="movement-movers",
    )
    st.caption(words("movement.movers.hint", n=min(len(listed), MOST_MOVERS), all=len(listed)))
    drill_down.download("movers", listed, {"customer_id": words("field.customer_id.label")} | labels, words)
    chosen: Any = picked
    place = chosen.selection.rows[0] if chosen.selection.rows else len(listed)
    if place < len(listed):
        state.choose(customer_id=str(listed["customer_id"].iloc[place]), listed=None, goto="customer")
        st.rerun()


def _mover_rows(shown: Shown, chain: Chain, rows: np.ndarray, words: Words) -> pd.DataFrame:
    labels = np.array(past_dates.state_labels(chain.names, words), dtype=object)
    ids = pd.Series(chain.customer_ids[rows])
    before, after = chain.revenue[0, rows], chain.revenue[1, rows]
    return pd.DataFrame(
        {
            "customer_id": ids,
            "customer": drill_down.names(shown, ids),
            "was": labels[chain.states[0, rows]],
            "now": labels[chain.states[1, rows]],
            "revenue_before": before.round(),
            "revenue_after": after.round(),
            "revenue_change": (after - before).round(),
            "score_before": _points(chain.milli[0, rows]),
            "score_after": _points(chain.milli[1, rows]),
        }
    )


def _points(milli: np.ndarray) -> np.ndarray:
    return np.where(milli >= 0, milli / 1000, np.nan)


def _columns(labels: dict[str, str]) -> dict[str, Any]:
    numbers = {
        name: st.column_config.NumberColumn(label, format="%.1f" if name.startswith("score") else "localized")
        for name, label in labels.items()
        if name.startswith(("revenue", "score"))
    }
    return {name: st.column_config.TextColumn(label) for name, label in labels.items()} | numbers


def flow_section(shown: Shown, days: tuple[date, date], words: Words) -> None:
    """Draw the flow from quarter to quarter between two days."""
    chain = cached_movement.chain(shown, _quarters(*days), words)
    labels = past_dates.state_labels(chain.names, words)
    states = States(labels, chain.count, chain.count + AWAY, shown.tiering.scenario.hues)
    dates = [words.day(day) for day in chain.dates]
    st.caption(words("movement.flow.hint"))
    draw(flow_chart(_flows(chain), dates, states, words, frame.is_dark()), words)


def _quarters(start: date, end: date) -> list[date]:
    """The two days and the quarters between, counted back from the later one."""
    between = [months_before(end, QUARTER * step) for step in range(1, MOST_STEPS)]
    # a quarter hardly begun at the start would be a step of a few days
    return [start, *sorted(day for day in between if (day - start).days > 45), end]


def _flows(chain: Chain) -> pd.DataFrame:
    """One row per step and pair of states; every customer is in one at each step."""
    steps = []
    for step, (start, end) in enumerate(pairwise(range(len(chain.dates)))):
        counts = migration(chain, start, end).counts
        was, now = np.nonzero(counts)
        steps.append(pd.DataFrame({"step": step, "was": was, "now": now, "customers": counts[was, now]}))
    return pd.concat(steps, ignore_index=True)
