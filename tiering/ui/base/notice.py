"""What became of the file or link opened last: said once, where it was opened, and gone once one moves on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import streamlit as st

from tiering.decision.saved import Saved
from tiering.problems import DataProblem
from tiering.scenario import Scenario
from tiering.ui.base import state
from tiering.words import Words

Source = Literal["file", "link"]
NOTHING: Final = Saved(Scenario())
_KEY: Final = "scenario-notice"


@dataclass(frozen=True)
class Notice:
    """A scenario that was taken: its ``name``, perhaps empty, and the ``retired`` choices it held.

    Or the ``problem`` that kept it from being taken.
    """

    source: Source
    scenario: Scenario
    name: str
    retired: tuple[str, ...]
    problem: DataProblem | None


def note(source: Source, saved: Saved = NOTHING, problem: DataProblem | None = None) -> None:
    """Remember what has just become of a file or link; what was said of the one before is gone."""
    state.set_widget(_KEY, Notice(source, state.choices().scenario, saved.scenario.name, saved.retired, problem))


def noted(source: Source) -> Notice | None:
    """What is to be said of a file or link; nothing once the scenario is another."""
    found: Notice | None = state.widget_value(_KEY)
    if found is None or found.source != source or found.scenario != state.choices().scenario:
        return None
    return found


def retired_note(retired: tuple[str, ...], words: Words) -> None:
    """What took the place of choices that the file or link names and that are no longer there."""
    for kind in retired:
        st.info(words(f"scenarios.retired.{kind}"))


def turned_to(kind: Literal["page", "part"], place: str) -> None:
    """Another page or part is shown: what was said on the one before is not said again."""
    before = state.widget_value(f"{_KEY}-{kind}")
    if before is not None and before != place:
        state.set_widget(_KEY, None)
    state.set_widget(f"{_KEY}-{kind}", place)
