"""What the columns and the amounts of each file mean: suggested, shown with examples, and correctable."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import pandas as pd
import streamlit as st

from tiering.dataset import Role
from tiering.ingest import Mapping, fields_of, headers_of, suggest_mapping, with_column
from tiering.ingest.meaning.suggestion import likely_customer
from tiering.problems import DataProblem
from tiering.said.scheme_notes import money_sentence
from tiering.scenario.population import Money, Stage, Tax
from tiering.ui.base import cached, frame, state
from tiering.ui.base.frame import plain
from tiering.ui.base.source import Source
from tiering.ui.pages.data import upload
from tiering.ui.pages.data.data_facts import read_facts
from tiering.words import Words

PREVIEW_ROWS = 8
EXAMPLES = 3
JOINED = " + "
ROLES: tuple[Role, ...] = get_args(Role)
MAPPING_HEIGHT = 460


def correctable() -> bool:
    """Whether files wait because some of their columns were not recognised."""
    waiting = state.choices().waiting
    if not waiting or any(source.reading.open_questions for source in waiting):
        return False
    return not upload.understanding(waiting, upload.answers_given()).questions


def mapping_tables(words: Words) -> None:
    """One table per file: of those that wait for a correction, else of those in use."""
    st.subheader(words("data.mapping.title"), anchor=False)
    st.caption(words("data.mapping.hint"))
    for source in _files():
        with st.expander(frame.plain(source.name), expanded=correctable()):
            _one_file(source, words)


def _files() -> tuple[Source, ...]:
    now = state.choices()
    return now.waiting if correctable() else now.sources


def _one_file(source: Source, words: Words) -> None:
    key = source.sha256[:12]
    if correctable():
        decided = " · ".join(read_facts(source.reading.report, words))
        st.caption(frame.plain(words("data.how.of_file", name=source.name, decided=decided)))
    role = st.segmented_control(
        words("data.mapping.role"),
        ROLES,
        default=source.mapping.role,
        format_func=lambda role: words(f"data.role.{role}"),
        key=f"role-{key}",
        required=True,
    )
    mapping = source.mapping if role == source.mapping.role else suggest_mapping(source.reading, role)
    guess = likely_customer(source.reading, mapping)
    if guess is not None:
        mapping = with_column(mapping, source.reading, "customer_id", guess)
        st.caption(frame.plain(words("data.mapping.guess", header=guess)))
    edited = st.data_editor(
        _rows(source, mapping, words),
        hide_index=True,
        disabled=["field", "sure", "examples"],
        column_config=_columns(source, mapping, words),
        column_order=("field", "header", "sure", "examples"),
        placeholder="",
        height=MAPPING_HEIGHT,
        key=f"mapping-{key}-{role}",
    )
    chosen = _edited_mapping(source, mapping, edited)
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(words("data.mapping.apply"), key=f"apply-{key}", disabled=chosen == source.mapping):
            _apply(source, chosen)
        if st.button(words("data.remove"), key=f"remove-{key}"):
            _remove(source)
    if chosen.unmapped:
        st.caption(frame.plain(words("data.mapping.passed", list=words.listed(list(chosen.unmapped)))))
    st.caption(words("data.mapping.preview"))
    st.dataframe(frame.safe_table(_preview(source)), hide_index=True, placeholder="", key=f"preview-{key}")


def _rows(source: Source, mapping: Mapping, words: Words) -> pd.DataFrame:
    """One row per field of the role, those found in the file first: label, header, confidence, example values."""
    ranked = sorted(fields_of(mapping.role), key=lambda field: not mapping.headers(field.key))
    return pd.DataFrame(
        [
            {
                "key": field.key,
                "field": words(f"field.{field.key}.label"),
                "header": JOINED.join(mapping.headers(field.key)) or None,
                "sure": mapping.confidence.get(field.key),
                "examples": _examples(source, mapping.headers(field.key)),
            }
            for field in ranked
        ]
    )


def _columns(source: Source, mapping: Mapping, words: Words) -> dict[str, Any]:
    sums = [JOINED.join(mapping.headers(key)) for key in mapping.columns if len(mapping.headers(key)) > 1]
    return {
        "field": st.column_config.TextColumn(words("data.mapping.field")),
        "header": st.column_config.SelectboxColumn(
            words("data.mapping.header"), options=[*headers_of(source.reading), *sums]
        ),
        "sure": st.column_config.ProgressColumn(
            words("data.mapping.sure"), min_value=0.0, max_value=1.0, format="percent"
        ),
        "examples": st.column_config.TextColumn(words("data.mapping.example")),
    }


def _examples(source: Source, headers: tuple[str, ...]) -> str:
    table = source.reading.table
    if table is None or len(headers) != 1:
        return ""
    known = table[headers[0]].slice(0, 200).drop_null().unique().slice(0, EXAMPLES).to_pylist()
    return " · ".join(str(value) for value in known)


def _edited_mapping(source: Source, mapping: Mapping, edited: pd.DataFrame) -> Mapping:
    for key, header in zip(edited["key"], edited["header"], strict=True):
        wanted = header if isinstance(header, str) and header else None
        if wanted != (JOINED.join(mapping.headers(key)) or None):
            mapping = with_column(mapping, source.reading, key, wanted)
    return mapping


def _apply(source: Source, mapping: Mapping) -> None:
    changed = replace(source, mapping=mapping)
    sources = tuple(changed if each.sha256 == source.sha256 else each for each in _files())
    if correctable():
        if upload.open_or_ask(sources):
            st.switch_page(state.address("tiers"))
        st.rerun()
    try:
        upload.open_sources(sources)
        cached.shown()
    except DataProblem as problem:
        frame.problem_box(problem)
        return
    st.rerun()


def _remove(source: Source) -> None:
    left = tuple(each for each in _files() if each.sha256 != source.sha256)
    if not left:
        _remove_last()
    elif correctable():
        upload.open_or_ask(left)
    else:
        try:
            upload.open_sources(left)
        except DataProblem as problem:
            frame.problem_box(problem)
            return
    st.rerun()


def _remove_last() -> None:
    """Without files the sample is shown again; files that only waited leave the data in use as it is."""
    if correctable():
        state.choose(waiting=(), problem=None)
    else:
        state.open_sample(state.choices().sample)


def _preview(source: Source) -> pd.DataFrame:
    table = source.reading.table
    return pd.DataFrame() if table is None else table.slice(0, PREVIEW_ROWS).to_pandas()


def money_box(words: Words) -> None:
    """Two choices and the sentence that they make."""
    scenario = state.choices().scenario
    st.caption(plain(money_sentence(scenario, words)))
    with st.popover(words("money.title")):
        _choice("stage", get_args(Stage), scenario.money.stage, words)
        _choice("tax", get_args(Tax), scenario.money.tax, words)


def _choice(name: str, options: tuple[str, ...], now: str, words: Words) -> None:
    key, labels = f"money-{name}", {"stage": "stages", "tax": "taxes"}[name]
    state.set_widget(key, now)
    st.segmented_control(
        words(f"money.{name}"),
        options,
        format_func=lambda one: words(f"money.{labels}.{one}"),
        key=key,
        on_change=lambda: _say(name, state.widget_value(key)),
        required=True,
    )


def _say(name: str, value: str) -> None:
    money = state.choices().scenario.money
    state.change_scenario(money=Money.model_validate(money.model_dump() | {name: value}))
