"""From a figure to the customers behind it, and to a file of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from tiering.report.csv import BYTE_ORDER_MARK, csv_pieces
from tiering.report.picture import chart_png
from tiering.ui import frame, state
from tiering.ui.cached import Shown
from tiering.ui.charts.grid import CELL
from tiering.ui.frame import safe_table
from tiering.ui.segments import looked_up
from tiering.words import Words

MONEY_DECIMALS = 2
BIG_MONEY = 10_000
FEW_ROWS = 12
MOST_HEIGHT = 420
SHARES = ("customer_share", "revenue_share", "item_share", "share")


@dataclass(frozen=True)
class Listing:
    """The customers of one row: a title for the list, and their ids."""

    title: str
    ids: Sequence[str]


def show_customers(listing: Listing) -> None:
    """Turn to the page of customers with the list."""
    state.choose(listed=(listing.title, tuple(map(str, listing.ids))), goto="customer")
    st.rerun()


def table(name: str, rows: pd.DataFrame, labels: dict[str, str], listing: Callable[[int], Listing] | None) -> None:
    """A table with the labels of its columns; a click on a row leads to its customers.

    Columns named in `SHARES` are shown as percentages, other figures grouped as the browser's language does.
    """
    clicks: dict[str, Any] = {"on_select": "rerun", "selection_mode": "single-row"} if listing else {}
    event: Any = st.dataframe(
        safe_table(_to_whole_money(rows)),
        hide_index=True,
        placeholder="",
        column_order=list(labels),
        column_config={column: _column(rows, column, label) for column, label in labels.items()},
        height="content" if len(rows) <= FEW_ROWS else MOST_HEIGHT,
        key=f"segments-table-{name}",
        **clicks,
    )
    if listing is not None and event.selection.rows and event.selection.rows[0] < len(rows):
        show_customers(listing(event.selection.rows[0]))


def _to_whole_money(rows: pd.DataFrame) -> pd.DataFrame:
    """Big money without cents, to be read from afar; the file keeps them."""
    money = [name for name in ("revenue", "margin") if name in rows and rows[name].abs().max() >= BIG_MONEY]
    return rows.assign(**{name: rows[name].round(0) for name in money})


def _column(rows: pd.DataFrame, column: str, label: str) -> Any:
    if column in SHARES or column.endswith("_share") or column.endswith("_rate"):
        return st.column_config.NumberColumn(label, format="percent")
    if pd.api.types.is_float_dtype(rows[column]):
        return st.column_config.NumberColumn(label, format="localized")
    if pd.api.types.is_integer_dtype(rows[column]):
        return st.column_config.NumberColumn(label, format="localized")
    return st.column_config.Column(label)


def download(
    name: str, rows: pd.DataFrame | Callable[[], pd.DataFrame], labels: dict[str, str], words: Words, part: str = ""
) -> None:
    """The table, or a named part of it, as a file for a spreadsheet; text in it never computes.

    Rows that are dear to make can be a function: it is called when the file is asked for.
    """

    def written() -> bytes:
        listed = (rows() if callable(rows) else rows)[list(labels)]
        pieces = csv_pieces(listed, list(labels.values()), MONEY_DECIMALS)
        return BYTE_ORDER_MARK.encode() + b"".join(pieces)

    st.download_button(
        words("segments.download_part", part=part) if part else words("segments.download"),
        written,
        file_name=f"{name}.csv",
        mime="text/csv",
        on_click="ignore",
        key=f"segments-download-{name}",
        type="tertiary",
    )


def names(shown: Shown, ids: pd.Series) -> pd.Series:
    """Name of each of ``ids``; the id where there is none."""
    found = ids.map(looked_up.names_by_id(shown))
    return found.where(found.notna(), ids)


def drawn(name: str, chart: alt.LayerChart, words: Words) -> None:
    """Draw a chart, with the picture of it to take away below."""
    st.altair_chart(chart, width="stretch")
    picture(name, chart, words)


def picture(name: str, chart: alt.LayerChart, words: Words) -> None:
    """The chart as a picture for a slide; it is drawn when it is asked for."""
    dark = frame.is_dark()
    st.download_button(
        words("segments.picture"),
        lambda: chart_png(chart.to_dict(), dark),
        file_name=f"{name}.png",
        mime="image/png",
        on_click="ignore",
        key=f"segments-picture-{name}",
        type="tertiary",
    )


def clicked_cell(name: str, chart: alt.LayerChart, words: Words) -> tuple[int, int] | None:
    """Draw a grid and its picture to take away; answers the (row, column) places of the cell that was clicked."""
    event: Any = st.altair_chart(
        chart, width="stretch", on_select="rerun", selection_mode=CELL, key=f"segments-grid-{name}"
    )
    picture(name, chart, words)
    picked = event.selection.get(CELL) if event.selection else None
    return (int(picked[0]["row_place"]), int(picked[0]["column_place"])) if picked else None
