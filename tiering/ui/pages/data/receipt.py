"""The receipt: the files, what was understood of them, what is open, and where their money went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any, get_args

import pandas as pd
import streamlit as st

from tiering.claims import Claim, NotUsed, Question, Step
from tiering.dataset import Dataset, Role
from tiering.ingest.drop import built
from tiering.ingest.meaning.understand import AS_IT_IS
from tiering.problems import DataProblem
from tiering.report.set_aside import every_line_csv
from tiering.said.meaning import claim_sentence, not_used_sentence, step_label
from tiering.ui.base import cached, frame, state
from tiering.ui.base.drawing import draw
from tiering.ui.base.frame import plain
from tiering.ui.base.source import Source
from tiering.ui.charts.money import bridge_chart
from tiering.ui.pages.data import question_cards, upload
from tiering.words import Words

SIGNS = {"sure": ":material/check:", "likely": ":material/info:", "open": ":material/help:"}
ROLES: tuple[Role, ...] = get_args(Role)


def receipt(words: Words) -> None:
    """The whole receipt of the files that wait or are in use; nothing without any."""
    now = state.choices()
    waiting = bool(now.waiting)
    sources = now.waiting or now.sources
    if not sources:
        return
    if any(source.reading.open_questions for source in sources):
        question_cards.reading_cards(words)
        source_list(sources, words)
        return
    understood = upload.understanding(sources, upload.answers_given())
    dataset = _preview(waiting)
    _headline(dataset, understood.questions, words)
    _actions(dataset, understood.questions, words)
    left, right = st.columns([3, 2], gap="medium")
    with right:
        question_cards.question_cards(understood.questions, words)
        source_list(sources, words)
    with left:
        if dataset is not None and dataset.meaning.bridge:
            _bridge(dataset, words)
        unused = (*understood.not_used, *now.unused)
        _claims(understood.claims, unused, dataset, words)


def _preview(waiting: bool) -> Dataset | None:
    """The data as they would be with the proposals; None where they cannot be built yet."""
    if not waiting:
        return cached.shown_dataset()
    try:
        return built(upload.understanding(state.choices().waiting, upload.answers_given()))
    except DataProblem:
        return None


def _headline(dataset: Dataset | None, questions: Sequence[Question], words: Words) -> None:
    asked = words("receipt.asked", n=len(questions)) if questions else words("receipt.nothing_open")
    if dataset is None or not dataset.meaning.bridge:
        st.subheader(plain(asked), anchor=False)
        return
    steps = dataset.meaning.bridge
    total, counted = (words.money(float(steps[place].money), dataset.currency) for place in (0, -1))
    st.subheader(plain(words("receipt.headline", total=total, counted=counted, asked=asked)), anchor=False)
    st.caption(plain(_counts(dataset, words)))


def _counts(dataset: Dataset, words: Words) -> str:
    """Lines read and where they went: figures that add up."""
    read = sum(source.read for source in dataset.sources)
    used = sum(source.used for source in dataset.sources)
    aside = sum(sum(source.set_aside.values()) for source in dataset.sources)
    return words("receipt.counts", read=read, used=used, aside=aside, other=read - used - aside)


def _actions(dataset: Dataset | None, questions: Sequence[Question], words: Words) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if any(question.proposal is not None for question in questions):
            st.button(words("receipt.take_all"), type="primary", on_click=upload.take_proposals, key="take-all")
        elif not questions and not state.choices().waiting:
            _to_tiers(words)
        if dataset is not None and not questions:
            st.download_button(
                words("receipt.every_line"),
                lambda: every_line_csv(upload.understanding(state.choices().sources, upload.answers_given()), words),
                file_name="every-line.csv",
                mime="text/csv",
            )
        as_it_is = bool(upload.answers_given().get(AS_IT_IS))
        st.toggle(
            words("receipt.as_it_is"),
            value=as_it_is,
            key=f"as-it-is-{as_it_is}",
            help=words("receipt.as_it_is_hint"),
            on_change=upload.take_as_it_is,
            args=(not as_it_is,),
        )
        if set(upload.answers_given()) - {AS_IT_IS}:
            st.button(words("receipt.forget"), on_click=upload.forget_answers, key="forget-answers", type="tertiary")


def _to_tiers(words: Words) -> None:
    if st.button(words("receipt.see_tiers"), type="primary", icon=":material/arrow_forward:", key="see-tiers"):
        st.switch_page(state.address("tiers"))


def _bridge(dataset: Dataset, words: Words) -> None:
    steps, currency = dataset.meaning.bridge, dataset.currency
    st.markdown(f"**{words('receipt.bridge')}**")
    rows = bridge_rows(steps, currency, words)
    draw(bridge_chart(rows, frame.is_dark()), words, key="bridge-chart")
    with st.expander(words("receipt.bridge_table")):
        named = {"label": "step", "lines": "lines", "money": "money"}
        labels = {name: words(f"receipt.{said}") for name, said in named.items()}
        shown = frame.safe_table(rows.assign(money=[words.money_exact(float(one.money), currency) for one in steps]))
        st.dataframe(shown, column_order=tuple(labels), column_config=labels, hide_index=True, key="bridge-table")


def bridge_rows(steps: Sequence[Step], currency: str, words: Words) -> pd.DataFrame:
    """Steps → one row each: ``label``, ``start`` and ``end`` of its bar, ``money`` and ``lines`` in words, ``kind``."""
    ends = list(accumulate(float(step.money) for step in steps[:-1]))
    starts = [0.0, *ends[:-1], 0.0]
    kinds = ["total", *("less" if step.money < 0 else "more" for step in steps[1:-1]), "counted"]
    return pd.DataFrame(
        {
            "label": [step_label(step, words) for step in steps],
            "start": starts,
            "end": [*ends, float(steps[-1].money)],
            "money": words.moneys([float(step.money) for step in steps], currency),
            "lines": [words("receipt.n_lines", n=abs(step.lines)) for step in steps],
            "kind": kinds,
        }
    )


def _claims(claims: Sequence[Claim], unused: Sequence[NotUsed], dataset: Dataset | None, words: Words) -> None:
    st.markdown(f"**{words('receipt.understood')}**")
    currency = dataset.currency if dataset is not None else ""
    changeable = claims_to_change(claims, upload.answers_given())
    for claim in claims:
        named = f"{SIGNS[claim.degree]} **{words(f'claim_name.{claim.claim}')}**"
        said = f"{named} · {plain(claim_sentence(claim, words, currency))}"
        if all(claim is not one for one in changeable):
            st.markdown(said)
            continue
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(said, width="stretch")
            key = f"ask-again-{claim.claim}"
            st.button(words("receipt.change"), key=key, type="tertiary", on_click=upload.ask_again, args=(claim.claim,))
    for one in unused:
        st.markdown(f":material/block: {plain(not_used_sentence(one, words))}")


def claims_to_change(claims: Sequence[Claim], answers: Mapping[str, Any]) -> list[Claim]:
    """One claim for each question that was answered: the first that the answer names, else the first of its kind."""
    answered = [claim for claim in claims if claim.claim in answers]
    answered.sort(key=lambda claim: not _is_named(claim, answers[claim.claim]))
    return list({claim.claim: claim for claim in reversed(answered)}.values())


def _is_named(claim: Claim, answer: Any) -> bool:
    """Whether an answer that names files or values names those of the claim."""
    values = claim.value if isinstance(claim.value, Mapping) else ()
    return isinstance(answer, Mapping) and any(name in answer for name in (claim.file, *values))


def source_list(sources: Sequence[Source], words: Words) -> None:
    """One line a file: its name, its rows, *This is …* and *Remove*."""
    st.markdown(f"**{words('receipt.files')}**")
    for source in sources:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            rows = 0 if source.reading.table is None else source.reading.table.num_rows
            st.markdown(plain(words("receipt.file", name=source.name, n=rows)), width="stretch")
            key = f"holds-{source.sha256[:12]}"
            st.selectbox(
                words("receipt.this_is"),
                ROLES,
                index=ROLES.index(source.mapping.role),
                format_func=lambda role: words(f"data.role.{role}"),
                key=key,
                label_visibility="collapsed",
                width=160,
                on_change=_say,
                args=(source, key),
            )
            st.button(
                words("data.remove"),
                key=f"put-away-{source.sha256[:12]}",
                type="tertiary",
                on_click=upload.decided_role,
                args=(source, None),
            )


def _say(source: Source, key: str) -> None:
    upload.decided_role(source, state.widget_value(key))
