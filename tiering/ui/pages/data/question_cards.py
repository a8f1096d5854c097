"""What files leave open: each question with its evidence, the effect of each answer, and a button for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from tiering.claims import BY_FILE, Choice, Question
from tiering.problems import DataProblem
from tiering.said.meaning import choice_effect, choice_label, question_title, question_why
from tiering.ui.base import frame, state
from tiering.ui.base.frame import plain
from tiering.ui.base.source import Source
from tiering.ui.pages.data import reading, upload
from tiering.words import Words

MOST_EXAMPLES = 4
ALL_SHEETS = "*"
STATES = ("yes", "return", "no")


def reading_cards(words: Words) -> None:
    """One card per open question about the characters of the files that wait."""
    for source in state.choices().waiting:
        for question in source.reading.open_questions:
            with st.container(border=True):
                _card(source, question, words)


def question_cards(questions: Sequence[Question], words: Words) -> None:
    """One card per open question about what lines mean."""
    for place, question in enumerate(questions):
        with st.container(border=True):
            st.badge(words("receipt.open"), icon=":material/help:")
            st.markdown(f"**{plain(question_title(question, words))}**")
            why = question_why(question, words)
            said = [why, words("receipt.examples", list=" · ".join(question.examples)) if question.examples else ""]
            for one in filter(None, said):
                st.caption(plain(one))
            if question.details:
                _each_value(question, place, words)
            else:
                _choices(question, place, words)


def _choices(question: Question, place: int, words: Words) -> None:
    for number, choice in enumerate(question.choices):
        proposed = question.proposal is not None and choice.value == question.proposal
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button(
                plain(choice_label(question, choice, words)),
                key=f"say-{place}-{question.code}-{number}",
                type="primary" if proposed else "secondary",
                on_click=upload.answer,
                args=(_answer_of(question, choice),),
            )
            effect = [choice_effect(choice, words), words("question.effect.proposed") if proposed else ""]
            st.caption(plain(" · ".join(filter(None, effect))))
        if choice.preview:
            st.table(frame.safe_table(pd.DataFrame([list(row) for row in choice.preview])))


def _answer_of(question: Question, choice: Choice) -> dict[str, Any]:
    return {question.code: {question.file: choice.value} if question.code in BY_FILE else choice.value}


def _each_value(question: Question, place: int, words: Words) -> None:
    """A table of values with lines and money, each with what it counts as; the proposal is filled in."""
    rows = pd.DataFrame(
        {
            "value": [str(one["value"]) for one in question.details],
            "lines": [one.get("lines") for one in question.details],
            "money": [float(one["money"]) if one.get("money") is not None else None for one in question.details],
            "as": [words(f"meaning.value.{one.get('proposal') or 'yes'}") for one in question.details],
        }
    )
    said = {words(f"meaning.value.{state_}"): state_ for state_ in STATES}
    edited = st.data_editor(
        frame.safe_table(rows),
        hide_index=True,
        disabled=["value", "lines", "money"],
        column_config={
            "value": words("receipt.value"),
            "lines": st.column_config.NumberColumn(words("receipt.lines"), format="localized"),
            "money": st.column_config.NumberColumn(words("receipt.money"), format="localized"),
            "as": st.column_config.SelectboxColumn(words("receipt.counts_as"), options=list(said), required=True),
        },
        key=f"values-{place}-{question.code}",
    )
    taken = {str(one["value"]): said[as_] for one, as_ in zip(question.details, edited["as"], strict=True)}
    if st.button(words("receipt.take"), type="primary", key=f"take-{place}-{question.code}"):
        upload.answer({question.code: taken})
        st.rerun()


def _card(source: Source, question: dict[str, Any], words: Words) -> None:
    code = question["code"]
    facts = {key: fact for key, fact in question["evidence"].items() if isinstance(fact, str | int)}
    st.badge(words("receipt.open"), icon=":material/help:")
    st.markdown(f"**{plain(source.name)}** · {plain(words(f'question.{code}.title', **facts))}")
    why = f"question.{code}.{_reason(question)}"
    if words.has(why):
        st.caption(plain(words(why, **facts)))
    for number, choice in enumerate(question["choices"]):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                plain(_label(code, choice, words)),
                key=f"answer-{source.sha256[:8]}-{code}-{number}",
                on_click=_answer,
                args=(source, {code: choice["value"]}, words),
            )
            _examples(choice.get("preview", ()))


def _reason(question: dict[str, Any]) -> str:
    evidence = question["evidence"]
    if question["code"] == "sheet":
        return "evidence_same" if evidence.get("same_columns") else "evidence_different"
    return str(evidence.get("why", "evidence"))


def _label(code: str, choice: dict[str, Any], words: Words) -> str:
    """The answer in words: by its own key, else by the pattern of its question."""
    value = choice["value"]
    if code == "sheet":
        key = "all" if value == ALL_SHEETS else "sheet"
        return words(f"question.sheet.{key}", sheet=value, rows=choice.get("rows", 0))
    if code == "header" and value != "none":
        return words("question.header.line", line=value)
    if code == "fill_down":
        return words(f"question.fill_down.{value}")
    if isinstance(value, dict) and {"unnamed", "joined"} & set(value):
        return words(f"question.columns.{next(iter(value))}", place=value.get("unnamed", 0))
    if isinstance(value, dict):
        return words.listed(str(header) for header in value.values())
    key = f"question.{code}.{value}"
    return words(key) if words.has(key) else str(value)


def _examples(preview: Any) -> None:
    """A preview of an answer: a small table where it has cells, else a few values in a row."""
    rows = preview if isinstance(preview, Sequence) and not isinstance(preview, str) else [preview]
    cells = [row for row in rows if isinstance(row, list)]
    if cells:
        st.dataframe(frame.safe_table(pd.DataFrame(cells[:MOST_EXAMPLES]).astype(str)), hide_index=True)
        return
    st.caption(plain(" · ".join(str(row) for row in rows[:MOST_EXAMPLES])))


def _answer(source: Source, answer: dict[str, Any], words: Words) -> None:
    """Read the file again; when nothing is open any more the files become the session's data."""
    try:
        read = reading.answered(source, answer, words)
        waiting = tuple(new for each in state.choices().waiting for new in (read if each is source else (each,)))
        upload.open_or_ask(waiting)
    except DataProblem as problem:
        state.choose(problem=problem, waiting=())
