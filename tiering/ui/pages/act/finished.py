"""A finished test: its file of outcomes, what the columns mean, and what came out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from tiering.ingest import read_bytes
from tiering.ingest.meaning.word_lists import class_words
from tiering.problems import DataProblem
from tiering.strategy.experiments.finished import Kind, Outcomes, outcome_values, readout
from tiering.ui.base import frame, state
from tiering.ui.base import strategy_choices as choices
from tiering.ui.base.cached import Shown
from tiering.ui.pages.act import readout_table
from tiering.ui.pages.act.draw import arm_names, blocks_of, draw_table, members_of
from tiering.ui.pages.data.dropzone import Accepted, drop_zone, empty
from tiering.ui.pages.data.reading import FILE_TYPES
from tiering.words import Words
from tiering.words.locale import locale_of

UPLOADER, KEPT, TROUBLE = "strategy-outcomes", "strategy-outcomes-kept", "strategy-outcomes-problem"
AS_DRAWN = ""
LEAST_COLUMNS = 2  # the customer and the outcome


@dataclass(frozen=True)
class UploadedResults:
    """The file as it was read; ``encodings`` (code, first line) and its bytes only where its encoding is in doubt."""

    name: str
    table: pd.DataFrame
    encodings: tuple[tuple[str, str], ...] = ()
    content: bytes = b""


@dataclass(frozen=True)
class ColumnRoles:
    """What the columns of the file stand for; ``arm`` empty: as drawn here."""

    customer: str
    outcome: str
    arm: str


def section(shown: Shown, words: Words) -> None:
    """Take the file, ask what its columns are, and read it out."""
    st.markdown(words("experiments.upload_hint"))
    accepted = Accepted(FILE_TYPES, st.get_option("server.maxUploadSize"))
    for file in drop_zone(words("experiments.upload"), accepted, words, key=UPLOADER):
        _take(file.name, file.getvalue())
    problem, kept = state.widget_value(TROUBLE), state.widget_value(KEPT)
    if isinstance(problem, DataProblem):
        frame.problem_box(problem)
    if isinstance(kept, UploadedResults):
        st.caption(frame.plain(words("experiments.file", name=kept.name, n=len(kept.table))))
        _encoding(kept, words)
        _read_out(shown, kept.table, words)


def _read_out(shown: Shown, table: pd.DataFrame, words: Words) -> None:
    if len(table.columns) < LEAST_COLUMNS:
        st.warning(words("experiments.one_column"))
        return
    found = _outcomes(shown, table, _asked(shown, table, words), words)
    if isinstance(found, str):
        st.warning(found)
        return
    alpha = shown.tiering.scenario.experiments.alpha
    answer = readout(found, len(shown.tiering.scenario.tiers), alpha)
    readout_table.section(shown, (found, answer), words)


def _take(name: str, content: bytes) -> None:
    """Keep the file's table; the uploader is emptied, since it would hold the file for as long as the page is open."""
    _keep(name, content, "")
    empty(UPLOADER)
    st.rerun()


def _keep(name: str, content: bytes, encoding: str) -> None:
    """Read and keep a file; an encoding in doubt is taken for that of the page's language, where it has one."""
    try:
        reading = read_bytes(content, name, answers={"encoding": encoding} if encoding else {})
        reading.ensure_read()
    except DataProblem as problem:
        state.set_widget(TROUBLE, problem)
        state.set_widget(KEPT, None)  # an older file's answer below would pass for that of this one
        return
    offered = next((one["choices"] for one in reading.questions if one["code"] == "encoding"), ())
    found = tuple((str(one["value"]), " ".join(one["preview"][0])) for one in offered)
    assumed = locale_of(state.choices().language).encoding
    if not encoding and any(value == assumed for value, _ in found):
        _keep(name, content, assumed)
        return
    assert reading.table is not None, "a file that was read has a table"
    earlier = state.widget_value(KEPT)
    if encoding and isinstance(earlier, UploadedResults) and earlier.content == content:
        found = earlier.encodings
    state.set_widget(KEPT, UploadedResults(name, reading.table.to_pandas(), found, content if found else b""))
    state.set_widget(TROUBLE, None)


def _encoding(kept: UploadedResults, words: Words) -> None:
    """Where the file leaves its encoding open: the offered ones, each with the first line it would give."""
    if not kept.encodings:
        return
    first_line = dict(kept.encodings)
    key = "strategy-outcome-encoding"
    st.selectbox(
        words("experiments.encoding"),
        list(first_line),
        format_func=lambda value: frame.plain(f"{value}: {first_line[value]}"),
        key=key,
        on_change=lambda: _keep(kept.name, kept.content, str(state.widget_value(key))),
        filter_mode=None,
    )


def _asked(shown: Shown, table: pd.DataFrame, words: Words) -> ColumnRoles:
    columns = [str(name) for name in table]
    ids = set(shown.tiering.base.customers["customer_id"])
    texts = {name: table[name].astype(str).str.strip() for name in columns}
    by_match = sorted(columns, key=lambda name: -texts[name].isin(ids).mean())
    rest = [name for name in columns if name != by_match[0]]
    # the outcome is added to the list that was drawn: of equally good columns the last one
    told = sorted(rest, key=lambda name: (-float(np.isfinite(_values(table, name)[0]).mean()), -rest.index(name)))
    two_words = [name for name in rest if texts[name].nunique() == 2 and name != (told or [""])[0]]
    two_words.sort(key=lambda name: not any(_is_test(word) for word in texts[name].unique()))
    with st.container(horizontal=True, gap="medium"):
        customer = choices.selected("outcome_customer", by_match, words, frame.plain)
        outcome = choices.selected("outcome_value", told or columns, words, frame.plain)
        arm = choices.selected(
            "outcome_arm",
            [*two_words, AS_DRAWN, *(name for name in rest if name not in two_words)],
            words,
            lambda name: frame.plain(name) or words("experiments.as_drawn"),
        )
    return ColumnRoles(customer, outcome, arm)


def _outcomes(shown: Shown, table: pd.DataFrame, asked: ColumnRoles, words: Words) -> Outcomes | str:
    """Outcomes of the customers that are known, or a sentence on what is missing."""
    values, kind = _values(table, asked.outcome)
    rows = pd.DataFrame({"id": table[asked.customer].astype(str).str.strip(), "value": values})
    rows["arm"] = table[asked.arm].astype(str).str.strip() if asked.arm else ""
    customers = shown.tiering.base.customers
    places = pd.Series(np.arange(len(customers)), index=customers["customer_id"])
    rows["row"] = rows["id"].map(places)
    usable = rows.dropna(subset=["row", "value"]).drop_duplicates("id")
    if usable.empty:
        return words("experiments.no_match")
    st.caption(words("experiments.matched", n=len(usable), all=len(rows)))
    members = usable["row"].to_numpy(np.intp)
    treated = _treated(shown, usable["arm"], members, words)
    if treated is None:
        return words("experiments.two_arms" if asked.arm else "experiments.not_drawn")
    before = customers["annual_revenue"].to_numpy(np.float64)[members] if "annual_revenue" in customers else None
    known = before is not None and bool(np.isfinite(before).all())
    blocks = np.unique(blocks_of(shown, members), return_inverse=True)[1].astype(np.intp)
    tiers = shown.tiering.tiers[members].astype(np.intp)
    return Outcomes(kind, treated, tiers, blocks, usable["value"].to_numpy(np.float64), before if known else None)


def _treated(shown: Shown, arms: pd.Series, members: np.ndarray, words: Words) -> np.ndarray | None:
    """Whether each member was in the test arm, by the file or by the draw; None where the file has no two arms."""
    if (arms == "").all():
        return _as_drawn(shown, members, words)
    found = sorted(arms.unique(), key=lambda name: (not _is_test(name), name))
    if len(found) != 2:
        return None
    return (arms == choices.selected("outcome_test_arm", found, words, frame.plain)).to_numpy()


def _as_drawn(shown: Shown, members: np.ndarray, words: Words) -> np.ndarray | None:
    """Arms of the draw that was last looked at; None where some member is not in it."""
    rows = members_of(shown, choices.kept("draw_tier", ""))
    if not np.isin(members, rows).all():
        return None
    arms = pd.Series(draw_table(shown, rows, "test", words)["arm"].to_numpy(), index=rows)
    return (arms.loc[members] == arm_names("test", words)[0]).to_numpy()


def _values(table: pd.DataFrame, name: str) -> tuple[np.ndarray, Kind]:
    return outcome_values(pd.Series(table[name]))


def _is_test(name: str) -> bool:
    known = class_words("test_arm")
    return name.lower() in known["words"] or any(part in name for part in known["parts"])
