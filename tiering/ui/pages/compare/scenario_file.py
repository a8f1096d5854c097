"""The scenario as a file: saved with its scales frozen, its seal and the log; loaded as one undoable step."""

from __future__ import annotations

import re

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from tiering.decision.reading import MOST_MB, read_saved
from tiering.decision.saved import Entry, Saved, merged_logs, saved_to_json
from tiering.decision.seal import seal_of
from tiering.evaluate import Tiering
from tiering.indicators.newcomers import with_first_day
from tiering.indicators.scales import kept_scales
from tiering.problems import DataProblem
from tiering.scenario import Scenario
from tiering.tiers.unweighted import is_foreign, unweighted
from tiering.ui.base import cached, frame, notice, seal_note, state
from tiering.ui.base.awaited import awaited
from tiering.ui.base.cached import Shown
from tiering.ui.pages.data.dropzone import Accepted, drop_zone, empty
from tiering.words import Words

LOADER = "scenario-upload"
LONGEST_STEM = 60  # letters of three bytes each, with what follows, stay within the 255 bytes of a file name
_KEPT_BY_WINDOWS = re.compile("con|prn|aux|nul|(com|lpt)[0-9¹²³]", re.IGNORECASE)


def save(shown: Shown, words: Words) -> None:
    """The scenario as it is now, for download; written when asked for, where the session's state is out of reach."""
    st.subheader(words("export.scenario"), anchor=False)
    st.caption(words("export.scenario_hint"))
    log = state.choices().log
    st.download_button(
        words("export.save"),
        lambda: file_text(shown, log),
        file_name=f"{file_stem(shown.tiering.scenario)}.json",
        mime="application/json",
        on_click="ignore",
    )


def file_text(shown: Shown, log: tuple[Entry, ...]) -> str:
    """The scenario's file: choices with their scales, what they give on this data, and the decisions so far."""
    return saved_to_json(Saved(saved_form(shown.tiering), seal_of(shown.tiering, shown.dataset), log))


def saved_form(tiering: Tiering) -> Scenario:
    """The scenario with the scales it was made on, so that next quarter's customers stand on the same ones."""
    base, newcomers = tiering.base, tiering.scenario.newcomers
    kept = {"anchors": kept_scales(base.matrix), "newcomers": with_first_day(newcomers, base.customers, base.as_of)}
    return tiering.scenario.model_copy(update=kept)


def file_stem(scenario: Scenario) -> str:
    """File name of a scenario: letters and digits of its name, as many as any disk takes, none that Windows keeps."""
    stem = "".join(sign if sign.isalnum() else "-" for sign in scenario.name)[:LONGEST_STEM].strip("-") or "scenario"
    return f"scenario-{stem}" if _KEPT_BY_WINDOWS.fullmatch(stem) else stem


def load(words: Words) -> None:
    """Take a scenario file; one that cannot be used leaves the present scenario as it is."""
    for file in drop_zone(words("export.load"), Accepted(("json",), most_mb=MOST_MB), words, key=LOADER):
        _take(file, words)
    said = notice.noted("file")
    if said is None:
        return
    if said.problem is not None:
        frame.problem_box(said.problem)
    else:
        name = said.name
        st.success(frame.plain(words("export.loaded", name=name)) if name else words("export.loaded_unnamed"))
        notice.retired_note(said.retired, words)
        seal_note.seal_note(words)


def apply(saved: Saved) -> None:
    """Make a scenario the present one, in one undoable step, or leave all as it was.

    Raises
    ------
    DataProblem
        The data at hand cannot be tiered by it.
    """
    before = state.choices()
    try:
        state.set_scenario(saved.scenario)
        shown = cached.shown()
        present = shown.tiering.scenario
        if present.drawn_by_score and is_foreign(present.weights, shown.tiering.base.matrix.keys):
            raise unweighted(present.weights, shown.tiering.base.matrix.keys)
    except DataProblem:
        state.choose(scenario=before.scenario, undo=before.undo, redo=before.redo)
        raise
    state.choose(loaded=saved, log=merged_logs(before.log, saved.log))


def _take(file: UploadedFile, words: Words) -> None:
    try:
        saved = awaited(
            lambda job: read_saved(file.getvalue(), job.is_stopped),
            words("data.reading", name=frame.plain(file.name)),
            words,
            lambda: empty(LOADER),
            key="cancel-scenario",
        )
        apply(saved)
        notice.note("file", saved)
    except DataProblem as problem:
        notice.note("file", problem=problem)
    empty(LOADER)
    st.rerun()
