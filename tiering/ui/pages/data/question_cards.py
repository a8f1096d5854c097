"""What a file leaves open: each question with its evidence, and a button for each answer with what it leads to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from tiering.problems import DataProblem
from tiering.ui.base import state
from tiering.ui.base.frame import plain
from tiering.ui.base.source import Source
from tiering.ui.pages.data import upload
from tiering.words import Words

MOST_EXAMPLES = 4
ALL_SHEETS = "*"


def question_cards(words: Words) -> None:
    """One card per open question of the files that wait for an answer."""
    for source in state.choices().waiting:
        for question in source.reading.open_questions:
            with st.container(border=True):
                _card(source, question, words)


def _card(source: Source, question: dict[str, Any], words: Words) -> None:
    code = question["code"]
    facts = {key: fact for key, fact in question["evidence"].items() if isinstance(fact, str | int)}
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
            st.caption(plain(_examples(choice.get("preview", ()))))


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
        return words(f"question.fill_down.{'yes' if value else 'no'}")
    if isinstance(value, dict):
        return ", ".join(str(header) for header in value.values())
    key = f"question.{code}.{value}"
    return words(key) if words.has(key) else str(value)


def _examples(preview: Any) -> str:
    rows = preview if isinstance(preview, Sequence) and not isinstance(preview, str) else [preview]
    shown = [" | ".join(map(str, row)) if isinstance(row, list) else str(row) for row in rows]
    return " · ".join(shown[:MOST_EXAMPLES])


def _answer(source: Source, answer: dict[str, Any], words: Words) -> None:
    """Read the file again; when nothing is open any more the files become the session's data."""
    try:
        read = upload.answered(source, answer, words)
        waiting = tuple(read if each is source else each for each in state.choices().waiting)
        upload.open_or_ask(waiting)
    except DataProblem as problem:
        state.choose(problem=problem, waiting=())
