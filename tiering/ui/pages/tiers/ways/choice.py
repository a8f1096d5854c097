"""The choice of how the tiers are drawn, and what each way starts from on the data at hand."""

from __future__ import annotations

import streamlit as st

from tiering.evaluate import buyers, proposed_lines
from tiering.scenario import Cuts, Scenario, drawn_in
from tiering.scenario.ways import CHOICES, KINDS
from tiering.strategy.resources.services import tier_services
from tiering.tiers.provisional import fewer_tiers
from tiering.tiers.score import MILLI
from tiering.tiers.ways import Start, proposed
from tiering.ui.base import cached, regions, state
from tiering.ui.base.cached import Shown
from tiering.ui.base.session_choices import drawn_key, renamed
from tiering.views.existing_tier import existing_baseline, names_in_file
from tiering.words import Words

KEY = "cuts-control"


def way_control(scenario: Scenario, words: Words) -> None:
    """One list of all ways there are."""
    state.set_widget(KEY, scenario.line_kind)
    st.selectbox(
        words("cuts.label"),
        KINDS,
        format_func=lambda kind: words(f"cuts.{kind}"),
        key=KEY,
        on_change=lambda: _choose(state.widget_value(KEY)),
        help=words(f"ways.about.{scenario.line_kind}"),
        filter_mode=None,
        width=170,
    )


def with_tiers(shown: Shown, tiers: tuple[str, ...]) -> dict[str, object]:
    """Changes of the scenario shown for other tiers: as many keep their lines under new names, more or fewer do not."""
    scenario = shown.tiering.scenario
    if len(tiers) == len(scenario.tiers):
        return {**renamed(_with_names_of_file(shown), tiers), "hues": ()}
    return {**drawn_anew(scenario, shown, tiers), **drawn_before(scenario.line_kind, len(tiers))}


def drawn_anew(scenario: Scenario, shown: Shown, tiers: tuple[str, ...]) -> dict[str, object]:
    """Changes of a scenario for other tiers: their lines are proposed anew, in the way the present ones are drawn."""
    renamed = scenario.model_copy(update={"tiers": tiers, "cuts": None, "way": None, "hues": ()})
    changes = {"tiers": tiers, "hues": (), "cuts": None, "way": None, **drawn_by(scenario.line_kind, renamed, shown)}
    if changes["cuts"] is None and changes["way"] is None and fewer_tiers(tiers, buyers(shown.tiering.base)) != tiers:
        # proposed here: tiers that somebody chose are not made fewer where only few customers bought
        changes["cuts"] = proposed_lines(shown.tiering.base, scenario.weights, len(tiers))
    return changes


def drawn_by(kind: str, scenario: Scenario, shown: Shown) -> dict[str, object]:
    """Changes of a scenario that draw its tiers in another way, as it is proposed for the data at hand."""
    base, weights = shown.tiering.base, shown.tiering.scenario.weights
    known = {key: weights.get(key, 0) for key in base.matrix.keys}
    return {**drawn_in(proposed(kind, Start(base.readings, known, len(scenario.tiers), *served_hours(scenario))))}


def drawn_before(kind: str, tiers: int) -> dict[str, object]:
    """Changes of a scenario that draw its tiers as this way did when it was left, none where it was not used yet."""
    last = state.choices().drawn.get(drawn_key(kind, tiers))
    return {} if last is None else {**drawn_in(last)}


def served_hours(scenario: Scenario) -> tuple[tuple[float, ...], float]:
    """Hours a year for one customer of each tier, and those of one person: the same as on the page *strategy*."""
    return tuple(service.hours for service in tier_services(scenario)), scenario.resources.hours_per_person


def kept_as_scores(shown: Shown, positions: tuple[int, ...]) -> dict[str, object]:
    """Changes of a scenario that keep lines found in another way where they are, as lines by score."""
    lines = tuple(min(round(position / MILLI, 1), 100.0) for position in positions)
    return {**drawn_in(Cuts(kind="score", lines=lines))}


def change(**changes: object) -> None:
    """One undoable step, and everything follows; for use in a widget's callback."""
    state.change_scenario(**changes)
    regions.follow_release()


def _choose(kind: str) -> None:
    shown = cached.shown()
    if CHOICES[kind] is not Cuts:
        state.set_widget(regions.DOCKED, "way")  # what they start from is a proposal to be looked at
    scenario = shown.tiering.scenario
    change(**(drawn_before(kind, len(scenario.tiers)) or drawn_by(kind, scenario, shown)))


def _with_names_of_file(shown: Shown) -> Scenario:
    """The scenario shown, where moves are told against the file's tiers with every name of them said."""
    scenario = shown.tiering.scenario
    if existing_baseline(shown.tiering) is None:
        return scenario
    names = {name: name for name in names_in_file(shown.tiering)} | scenario.existing.names
    return scenario.model_copy(update={"existing": scenario.existing.model_copy(update={"names": names})})
