"""The scenario as a file with its scales frozen, its seal and the log, or as a link; loaded as one undoable step."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from tiering.decision.link import LONGEST, link_text, linked_scenario, saved_of_link
from tiering.decision.reading import MOST_MB, read_saved
from tiering.decision.saved import (
    MOST_MARKED,
    Entry,
    Saved,
    Seal,
    SealCheck,
    check_seal,
    merged_logs,
    saved_to_json,
    seal_of,
)
from tiering.evaluate import Tiering, tier_names
from tiering.indicators.newcomers import with_first_day
from tiering.indicators.scales import kept_scales
from tiering.problems import DataProblem
from tiering.said.labels import customer_labels
from tiering.said.scheme_notes import seal_basis
from tiering.scenario import Scenario
from tiering.tiers.score import is_foreign, unweighted
from tiering.ui.base import cached, frame, notice, state
from tiering.ui.base.cached import Shown
from tiering.ui.base.cached_views import tiering_at_its_date
from tiering.ui.base.progress import run_with_progress
from tiering.ui.pages.data.dropzone import Accepted, drop_zone, empty
from tiering.words import Words

LOADER = "scenario-upload"
LONGEST_STEM = 60  # letters of three bytes each, with what follows, stay within the 255 bytes of a file name
_KEPT_BY_WINDOWS = re.compile("con|prn|aux|nul|(com|lpt)[0-9¹²³]", re.IGNORECASE)
CARRIED = "s"
MOST_LISTED = 500


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
        seal_note(words)


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
        saved = run_with_progress(
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


def link(shown: Shown, words: Words) -> None:
    """The link to copy, or why there is none."""
    st.subheader(words("scenarios.link.title"), anchor=False)
    st.caption(words("scenarios.link.hint"))
    text = address(shown.tiering.scenario)
    if len(text) > LONGEST:
        st.info(words("scenarios.link.too_long", n=len(text), most=LONGEST))
        return
    st.code(text, language=None, wrap_lines=True)
    if linked_scenario(shown.tiering.scenario) != shown.tiering.scenario:
        st.caption(words("scenarios.link.at_home"))


def address(scenario: Scenario) -> str:
    """This page's address with the scheme in it."""
    here = urlsplit(st.context.url or "")
    place = f"{here.scheme}://{here.netloc}" if here.netloc else ""
    return f"{place}/scenarios?{CARRIED}={link_text(scenario)}"


def opened_link() -> None:
    """Apply the scheme of the address that was opened, once."""
    text = st.query_params.get(CARRIED)
    if text:
        try:
            saved = saved_of_link(text)
            cached.shown()  # what was there before is the baseline, and what undo returns to
            apply(saved)
            notice.note("link", saved)
        except DataProblem as problem:
            notice.note("link", problem=problem)
        del st.query_params[CARRIED]


def opened_link_notice(words: Words) -> None:
    """What became of the link that was just opened."""
    opened = notice.noted("link")
    if opened is None:
        return
    if opened.problem is not None:
        frame.problem_box(opened.problem)
    else:
        name = opened.name
        text = words("scenarios.link.opened", name=name) if name else words("scenarios.link.opened_unnamed")
        st.success(frame.plain(text))
        notice.retired_note(opened.retired, words)


def seal_note(words: Words) -> None:
    """Two answers in a sentence each, then the customers that differ."""
    loaded = state.choices().loaded
    if loaded is None:
        return
    if loaded.seal is None:
        st.caption(words("scenarios.seal.none"))
        return
    shown = cached.shown()
    tiering = tiering_at_its_date(shown, loaded.scenario)
    check = check_seal(loaded.seal, tiering, shown.dataset)
    st.markdown(frame.plain(answer(loaded.seal, check, words)))
    if check.rows.size:
        with st.expander(words("scenarios.seal.who", n=int(check.rows.size))):
            st.dataframe(frame.safe_table(changed_frame(shown, tiering, check, words)), hide_index=True)


def answer(seal: Seal, check: SealCheck, words: Words) -> str:
    """Same data? Same tiers? And if not, how many stand elsewhere, are new or are gone."""
    said = [
        seal_basis(seal, check.same_data, words),
        words(f"scenarios.seal.tiers_{'same' if check.same_tiers else 'other'}"),
    ]
    if not check.same_tiers:
        counts = {"n": int(check.rows.size), "new": check.new, "gone": check.gone}
        unlisted = "unlisted" if seal.customers > MOST_MARKED else "unmarked"
        said.append(
            words("scenarios.seal.counts", **counts) if check.is_listed else words(f"scenarios.seal.{unlisted}")
        )
    return words.sentences(said)


def changed_frame(shown: Shown, tiering: Tiering, check: SealCheck, words: Words) -> pd.DataFrame:
    """One row per customer in another tier: name, tier then, tier now, annual revenue."""
    rows = check.rows[:MOST_LISTED]
    unscored = words("tier.unscored")
    return pd.DataFrame(
        {
            words("movers.customer"): customer_labels(tiering.base.customers.iloc[rows]),
            words("scenarios.seal.then"): [name or unscored for name in check.before[:MOST_LISTED]],
            words("scenarios.seal.now"): [name or unscored for name in tier_names(tiering)[rows]],
            words("movers.revenue"): tiering.base.revenue[rows].round(2),
        }
    )
