"""The data in use: its main figures, how its files were read, where every line went and what was set aside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
import pyarrow.compute as pc
import streamlit as st

from tiering.dataset import Dataset, SourceFacts
from tiering.report import set_aside_csv
from tiering.said.labels import reason_label
from tiering.ui.base import cached, frame, state
from tiering.words import Words

MOST_SET_ASIDE = 200
MOST_LINES = 8


def facts(words: Words) -> None:
    """The data in use: its files line by line, and its main figures."""
    dataset = cached.shown_dataset()
    st.subheader(words("data.loaded"), anchor=False)
    _figures(dataset, words)
    if not state.choices().sources:
        return
    rows = _source_rows(dataset.sources, words)
    numbers = {column: st.column_config.NumberColumn(format="localized") for column in rows.columns[2:]}
    st.dataframe(rows, hide_index=True, column_config=numbers, key="sources")
    st.caption(words("data.adds_up"))
    for source in state.choices().sources:
        decided = " · ".join(read_facts(source.reading.report, words))
        st.caption(frame.plain(words("data.how.of_file", name=source.name, decided=decided)))


def _figures(dataset: Dataset, words: Words) -> None:
    columns = st.columns([2, 2, 3, 2])
    if dataset.orders is None:
        columns[0].metric(words("data.customers"), words.number(_customers(dataset)))
    else:
        amount = dataset.orders["amount"]
        net = float(pc.sum(amount).as_py() or 0)
        returned = float(pc.sum(pc.filter(amount, pc.less(amount, 0))).as_py() or 0)
        first, last = dataset.first_order_date, dataset.last_order_date
        columns[0].metric(words("data.orders_lines"), words.number(dataset.orders.num_rows))
        columns[1].metric(
            words("data.net"),
            words.money(net, dataset.currency),
            help=_exact(net, returned, dataset.currency, words),
        )
        if first and last:
            columns[2].metric(
                words("data.period"), words("data.period_value", first=first.isoformat(), last=last.isoformat())
            )
        columns[3].metric(words("data.customers"), words.number(_customers(dataset)))


def _exact(net: float, returned: float, currency: str, words: Words) -> str:
    figures = (words.money_exact(net, currency), words("data.returns"), words.money_exact(returned, currency))
    return frame.plain(" · ".join(figures))


def _customers(dataset: Dataset) -> int:
    tables = (table for table in (dataset.orders, dataset.customers) if table is not None)
    return len({customer for table in tables for customer in pc.unique(table["customer_id"]).to_pylist()})


def _source_rows(sources: tuple[SourceFacts, ...], words: Words) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                words("data.file"): source.name,
                words("data.kind"): words(f"data.role.{source.role}"),
                words("data.read"): source.read,
                words("data.header"): source.header,
                words("data.excluded"): sum(source.excluded.values()),
                words("data.used"): source.used,
                words("data.aside"): sum(source.set_aside.values()),
            }
            for source in sources
        ]
    )


def set_aside(words: Words) -> None:
    """Rows that could not be used: counted by reason, listed, downloadable."""
    dataset = cached.shown_dataset()
    st.subheader(words("data.set_aside.title"), anchor=False)
    if dataset.set_aside.num_rows == 0:
        st.caption(words("data.set_aside.none"))
        return
    reasons = dataset.set_aside["reason"].value_counts().to_pylist()
    counts = {reason_label(each["values"], words): each["counts"] for each in reasons}
    st.dataframe(
        pd.DataFrame({words("data.set_aside.reason"): counts.keys(), words("data.set_aside.rows"): counts.values()}),
        hide_index=True,
        width=480,
        column_config={words("data.set_aside.rows"): st.column_config.NumberColumn(format="localized")},
        key="set-aside-reasons",
    )
    st.download_button(
        words("data.set_aside.download"),
        lambda: set_aside_csv(dataset, words),
        file_name="rows-set-aside.csv",
        mime="text/csv",
        help=words("data.set_aside.hint"),
    )
    rows = dataset.set_aside.slice(0, MOST_SET_ASIDE).to_pandas()
    rows["reason"] = [reason_label(reason, words) for reason in rows["reason"]]
    st.caption(words("data.set_aside.first", shown=len(rows), n=dataset.set_aside.num_rows))
    labels = {key: words(f"data.set_aside.{key}") for key in ("source", "line", "reason")}
    st.dataframe(
        frame.safe_table(rows), hide_index=True, height=240, column_config=labels, placeholder="", key="set-aside-rows"
    )


def read_facts(report: Mapping[str, Any], words: Words) -> list[str]:
    """Report of a reading → one plain sentence per decision, in the order they were taken."""
    return [*_form(report, words), *_lines(report, words), *_notes(report, words)]


def _form(report: Mapping[str, Any], words: Words) -> Iterator[str]:
    if report.get("encoding"):
        delimiter = (report.get("dialect") or {}).get("delimiter", "")
        shown = words("data.how.tab") if delimiter == "\t" else f"“{delimiter}”"
        yield words("data.how.text_file", encoding=report["encoding"], delimiter=shown)
    if report.get("sheet"):
        yield words("data.how.sheet", sheet=report["sheet"])
    if report.get("header_row"):
        yield words("data.how.header", line=report["header_row"])


def _lines(report: Mapping[str, Any], words: Words) -> Iterator[str]:
    excluded = [
        words("data.how.counted", what=words(f"excluded.{reason}"), n=count)
        for reason, count in report.get("excluded", {}).items()
        if count
    ]
    if excluded:
        yield words("data.how.excluded", list=words.listed(excluded))
    repaired = [str(one["line"]) for one in report.get("repaired", ())]
    if repaired:
        more = " …" if len(repaired) > MOST_LINES else ""
        yield words("data.how.repaired", n=len(repaired), lines=words.listed(repaired[:MOST_LINES]) + more)


def _notes(report: Mapping[str, Any], words: Words) -> Iterator[str]:
    for note in report.get("notes", ()):
        facts = {name: _shown(fact, words) for name, fact in note.items() if name != "code"}
        if words.has(f"note.{note['code']}"):
            yield words(f"note.{note['code']}", **facts)


def _shown(fact: object, words: Words) -> object:
    return words.listed([str(one) for one in fact]) if isinstance(fact, list | tuple) else fact
