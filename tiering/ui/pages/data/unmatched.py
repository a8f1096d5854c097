"""Customers that only one kind of file knows, listed and to download on both sides."""

from __future__ import annotations

import csv
import io

import pandas as pd
import streamlit as st

from tiering.report.safe import not_a_formula
from tiering.ui.base import cached, frame
from tiering.words import Words

MOST_SHOWN = 200


def unmatched(words: Words) -> None:
    """Both sides beside each other; nothing where only one kind of file was given or all match."""
    found = cached.shown_dataset().unmatched
    if found is None or not (found.without_attributes or found.without_orders):
        return
    st.subheader(words("data.unmatched.title"), anchor=False)
    left, right = st.columns(2)
    with left:
        _side("orders", found.without_attributes, words)
    with right:
        _side("customers", found.without_orders, words)


def _side(side: str, ids: tuple[str, ...], words: Words) -> None:
    listing(side, words(f"data.unmatched.{side}", n=len(ids)), ids, words)


def listing(name: str, said: str, ids: tuple[str, ...], words: Words) -> None:
    """Ids under a sentence about them, the first of them shown, all of them to download."""
    st.caption(said)
    if not ids:
        return
    listed = pd.DataFrame({"customer_id": ids[:MOST_SHOWN]})
    st.dataframe(
        frame.safe_table(listed),
        hide_index=True,
        height=200 if len(listed) > 4 else "content",
        column_config={"customer_id": words("field.customer_id.label")},
        key=f"unmatched-{name}",
    )
    st.download_button(
        words("data.unmatched.download"),
        lambda: ids_csv(ids, words("field.customer_id.label")),
        file_name=f"unmatched-{name}.csv",
        mime="text/csv",
        on_click="ignore",
        key=f"download-unmatched-{name}",
    )


def ids_csv(ids: tuple[str, ...], header: str) -> bytes:
    """One id per line below its header, UTF-8 with the mark that spreadsheets need."""
    text = io.StringIO()
    csv.writer(text).writerows([[header], *([not_a_formula(one)] for one in ids)])
    return text.getvalue().encode("utf-8-sig")
