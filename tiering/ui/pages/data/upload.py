"""From files that were read to the session's data: understood together, asked about where something is open, built."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from tiering.claims import BY_FILE, Asked
from tiering.dataset import Dataset, Role
from tiering.evaluate import ensure_scorable
from tiering.ingest import suggest_mapping
from tiering.ingest.drop import built
from tiering.ingest.meaning.draft import Draft, Understanding
from tiering.ingest.meaning.understand import AS_IT_IS, understand
from tiering.ingest.meaning.word_lists import money_meant
from tiering.problems import DataProblem
from tiering.scenario import Scenario
from tiering.scenario.population import Existing
from tiering.ui.base import cached, state
from tiering.ui.base.keep.tables import source_key
from tiering.ui.base.progress import Job, run_with_progress
from tiering.ui.base.source import Source
from tiering.ui.pages.data import reading
from tiering.views.existing_tier import are_tiers_of
from tiering.words import Words

ROLE = "role"


def understanding(sources: Sequence[Source], answers: Mapping[str, Any], accept: bool = False) -> Understanding:
    """The files understood together under the answers given so far; looked up where they were before."""
    key = "|".join([*(source_key(source) for source in sources), repr(sorted(answers.items(), key=str)), str(accept)])
    return _understood(key, sources, Asked(answers, date.today(), accept))


def answers_given() -> dict[str, Any]:
    """Answers to questions about what lines mean, of this session or of the scenario it opened."""
    return dict(state.choices().scenario.answers)


def open_or_ask(sources: Sequence[Source]) -> bool:
    """Open the files; answers whether they are open.

    They wait while one leaves a question of its characters open, while what their lines mean is open, or until
    somebody says what the columns mean that were not recognised.
    """
    if any(source.reading.open_questions for source in sources):
        state.choose(waiting=tuple(sources), problem=None)
        return False
    if understanding(sources, answers_given()).questions:
        state.choose(waiting=tuple(sources), problem=None)
        return False
    try:
        open_sources(sources)
    except DataProblem as problem:
        state.choose(waiting=tuple(sources), problem=problem)
        return False
    return True


def answer(given: Mapping[str, Any]) -> None:
    """Take answers to what lines mean, and open the files that wait once nothing is open any more."""
    remember(given)
    now = state.choices()
    sources = now.waiting or now.sources
    if sources:
        open_or_ask(sources)


def remember(given: Mapping[str, Any]) -> None:
    """Keep answers with the scenario; those about one file or one value stand beside those about others."""
    now = state.choices()
    answers = dict(now.scenario.answers)
    for code, said in given.items():
        former = answers.get(code)
        answers[code] = {**former, **said} if isinstance(former, dict) and isinstance(said, dict) else said
    state.choose(scenario=now.scenario.model_copy(update={"answers": answers}))


def take_proposals() -> None:
    """Answer every open question by what it proposes, and open the files."""
    waiting = state.choices().waiting
    found = understanding(waiting, answers_given())
    for one in found.questions:
        if one.proposal is not None:
            remember({one.code: {one.file: one.proposal} if one.code in BY_FILE else one.proposal})
    open_or_ask(waiting)


def forget_answers() -> None:
    """Ask anew what was answered."""
    state.choose(scenario=state.choices().scenario.model_copy(update={"answers": {}}))
    sources = state.choices().sources
    if sources:
        open_or_ask(sources)


def ask_again(code: str) -> None:
    """Put one question again; the data stay as they are until it is answered."""
    now = state.choices()
    answers = {key: value for key, value in now.scenario.answers.items() if key != code}
    state.choose(scenario=now.scenario.model_copy(update={"answers": answers}))
    if now.sources:
        open_or_ask(now.sources)


def take_as_it_is(as_it_is: bool) -> None:
    """Whether the lines are taken as they stand, without any claim about what they mean."""
    answers = {key: value for key, value in answers_given().items() if key != AS_IT_IS}
    state.choose(scenario=state.choices().scenario.model_copy(update={"answers": answers}))
    answer({AS_IT_IS: True} if as_it_is else {})


def decided_role(source: Source, role: Role | None) -> None:
    """Take what somebody says a file holds; None puts it away."""
    now = state.choices()
    files = now.waiting or now.sources
    told = [replace(source, mapping=suggest_mapping(source.reading, role), answers={**source.answers, ROLE: role})]
    left = [new for one in files for new in ((told if role else []) if one.sha256 == source.sha256 else [one])]
    if left:
        open_or_ask(left)
    else:
        state.choose(waiting=(), problem=None)
        if now.sources:
            state.open_sample(now.sample)


def open_sources(sources: Sequence[Source]) -> Dataset:
    """Build the data of these files and make it the session's.

    Raises
    ------
    DataProblem
        When a mapping cannot be used or nothing can be scored by; the session's data stays as it was.
    """
    words = Words(state.choices().language)
    said = words("data.computing")
    found = understanding(sources, answers_given())
    found = replace(found, not_used=(*found.not_used, *state.choices().unused))
    dataset = run_with_progress(lambda job: _built(found, job), said, words, reading.give_up, key="cancel-computing")
    first = Existing(baseline=are_tiers_of(dataset.customers, state.choices().scenario.tiers))
    state.open_dataset(dataset, tuple(sources), money_meant([draft.mapping for draft in found.drafts]), first)
    return dataset


def _built(found: Understanding, job: Job[Dataset]) -> Dataset:
    dataset = built(found, lambda share: job.tell(share / 2))
    job.tell(0.5)
    ensure_scorable(cached.base_of(dataset, Scenario()))
    return dataset


def draft_of(source: Source) -> Draft:
    """A file of the session as a draft; what somebody said that it holds is no longer asked."""
    return Draft(source.name, source.sha256, source.reading, source.mapping, source.answers.get(ROLE))


@st.cache_resource(scope="session", max_entries=6, show_spinner=False)
def _understood(key: str, _sources: Sequence[Source], _asked: Asked) -> Understanding:
    return understand([draft_of(source) for source in _sources], _asked)
