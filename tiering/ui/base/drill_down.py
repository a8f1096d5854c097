"""From a figure to the customers behind it: tables with one row per customer, and a file of them all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from tiering.report.csv import BYTE_ORDER_MARK, csv_pieces
from tiering.report.picture import chart_png
from tiering.said.tables import knows_revenue
from tiering.ui.base import cached_views, frame, state
from tiering.ui.base.cached import Shown
from tiering.ui.base.drawing import draw, in_language
from tiering.ui.base.frame import safe_table
from tiering.ui.base.theme import CELL
from tiering.words import Words

MONEY_DECIMALS = 2
BIG_MONEY = 10_000
FEW_ROWS = 12
MOST_HEIGHT = 420
SHARE_ENDINGS = ("_share", "_rate", "_chance")
POINTS_ENDING = "_points"
MONEY = ("revenue", "revenue_share")
MOST_ROWS = 500


@dataclass(frozen=True)
class Listing:
    """The customers of one row: a title for the list, and their ids."""

    title: str
    ids: Sequence[str]


def show_customers(listing: Listing) -> None:
    """Turn to the page of customers with the list."""
    state.choose(listed=(listing.title, tuple(map(str, listing.ids))), goto="customer")
    st.rerun()


def available_columns(shown: Shown, labels: dict[str, str]) -> dict[str, str]:
    """The columns the data can fill: without those of revenue where it tells none."""
    if knows_revenue(shown.tiering):
        return labels
    return {name: label for name, label in labels.items() if name not in MONEY}


def table(name: str, rows: pd.DataFrame, labels: dict[str, str], listing: Callable[[int], Listing] | None) -> None:
    """A table with the labels of its columns; a click on a row leads to its customers.

    Shares, told by the ending of their name, are shown as percentages with one decimal, differences in points with
    their sign; other figures are grouped as the browser's language does.
    """
    clicks: dict[str, Any] = {"on_select": "rerun", "selection_mode": "single-row"} if listing else {}
    event: Any = st.dataframe(
        safe_table(in_percent(_to_whole_money(rows))),
        hide_index=True,
        placeholder="",
        column_order=list(labels),
        column_config={column: figure_column(rows, column, label) for column, label in labels.items()},
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


def sentences(rows: pd.DataFrame, column: str, words: Words) -> None:
    """What stands in a column of whole sentences, one line for each group: in a table they would be cut off."""
    said = [
        words("segments.said", label=label, text=text) for label, text in zip(rows["label"], rows[column], strict=True)
    ]
    st.markdown("\n".join(f"- {line}" for line in said))


def in_percent(rows: pd.DataFrame) -> pd.DataFrame:
    """Shares times a hundred, for columns that are written with a percent sign."""
    shares = [name for name in map(str, rows) if _is_share(rows, name)]
    return rows.assign(**{name: rows[name] * 100 for name in shares})


def figure_column(rows: pd.DataFrame, column: str, label: str) -> Any:
    """How a column of the table is written: a share with one decimal throughout, other figures grouped."""
    if _is_share(rows, column):
        return st.column_config.NumberColumn(label, format="%.1f%%")
    if column.endswith(POINTS_ENDING):
        return st.column_config.NumberColumn(label, format="%+.1f")
    if pd.api.types.is_numeric_dtype(rows[column]) and not pd.api.types.is_bool_dtype(rows[column]):
        return st.column_config.NumberColumn(label, format="localized")
    return st.column_config.Column(label)


def _is_share(rows: pd.DataFrame, column: str) -> bool:
    return (column == "share" or column.endswith(SHARE_ENDINGS)) and pd.api.types.is_numeric_dtype(rows[column])


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
    found = ids.map(cached_views.names_by_id(shown))
    return found.where(found.notna(), ids)


def draw_with_picture(name: str, chart: alt.LayerChart, words: Words) -> None:
    """Draw a chart, with the picture of it to take away below."""
    draw(chart, words)
    picture(name, chart, words)


def picture(name: str, chart: alt.LayerChart, words: Words) -> None:
    """The chart as a picture for a slide; it is drawn when it is asked for."""
    dark = frame.is_dark()
    st.download_button(
        words("segments.picture"),
        lambda: chart_png(in_language(chart, words).to_dict(), dark, words.locale.drawn),
        file_name=f"{name}.png",
        mime="image/png",
        on_click="ignore",
        key=f"segments-picture-{name}",
        type="tertiary",
    )


def clicked_cell(name: str, chart: alt.LayerChart, words: Words) -> tuple[int, int] | None:
    """Draw a grid and its picture to take away; answers the (row, column) places of the cell that was clicked."""
    event: Any = draw(chart, words, on_select="rerun", selection_mode=CELL, key=f"segments-grid-{name}")
    picture(name, chart, words)
    picked = event.selection.get(CELL) if event.selection else None
    return (int(picked[0]["row_place"]), int(picked[0]["column_place"])) if picked else None


def customer_rows(name: str, listed: pd.DataFrame, labels: dict[str, str], words: Words) -> None:
    """Draw the first 500 of ``listed`` (column ``customer_id`` and those of ``labels``), and the download of all."""
    shown = listed.head(MOST_ROWS)
    event: Any = st.dataframe(
        frame.safe_table(in_percent(shown)),
        hide_index=True,
        placeholder="",
        column_order=list(labels),
        column_config={column: figure_column(shown, column, label) for column, label in labels.items()},
        height="content" if len(shown) <= FEW_ROWS else MOST_HEIGHT,
        on_select="rerun",
        selection_mode="single-row",
        key=f"movement-{name}",
    )
    if event.selection.rows and event.selection.rows[0] < len(shown):
        state.choose(customer_id=str(shown["customer_id"].iloc[event.selection.rows[0]]), goto="customer")
        st.rerun()
    hint = "movement.rows.cut" if len(listed) > MOST_ROWS else "movement.rows.click"
    st.caption(words(hint, n=MOST_ROWS, all=len(listed)))
    download(name, listed, {"customer_id": words("field.customer_id.label")} | labels, words)
