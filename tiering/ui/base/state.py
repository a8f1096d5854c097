"""The only place that touches the session's state: the loaded data and the choices made, nothing derived."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from tiering.dataset import Dataset
from tiering.scenario import Scenario
from tiering.scenario.population import Existing, Money
from tiering.ui.base import keep, session_choices
from tiering.ui.base.held_rules import resumed_choices
from tiering.ui.base.session_choices import Choices
from tiering.words import LANGUAGES, Language
from tiering.words.locale import language_named

_KEY = "choices"
_TAB = "tab-held"
MOST_UNDO = 50
UNSAID = Money()
UNTOLD = Existing()


@dataclass(frozen=True)
class Tab:
    """The secret of the browser tab; ``settled`` once it is known whether the tab brought another one back."""

    token: str = field(default_factory=keep.new_token)
    settled: bool = False
    forgotten: bool = False


def choices() -> Choices:
    """The session's choices; a new session starts in the browser's language with the first sample."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = Choices(language=_first_language())
    return st.session_state[_KEY]


def choose(**changes: Any) -> None:
    """Replace some of the choices."""
    st.session_state[_KEY] = replace(choices(), **changes)
    if not tab().forgotten:
        keep.note(tab().token, choices())


def tab() -> Tab:
    """What the browser tab is known by."""
    if _TAB not in st.session_state:
        st.session_state[_TAB] = Tab()
    return st.session_state[_TAB]


def take_over(found: object, rules: object = "") -> None:
    """Go on with what the tab left under the token it brought back, where that is still kept.

    Where the server that kept it is gone, go on with the ``rules`` that the tab itself holds. Files whose reading a
    refresh broke off are named as to be loaded again.
    """
    taken = keep.take_over(found, tab().token, Choices)
    st.session_state[_TAB] = Tab(tab().token if taken is None else taken[0], settled=True)
    resumed = resumed_choices(rules) if taken is None else taken[1]
    if resumed is not None:
        asked = st.query_params.get("lang")  # what the address says wins
        language = asked if asked in LANGUAGES else resumed.language
        again = (*resumed.again, *resumed.reading)
        st.session_state[_KEY] = replace(resumed, language=language, again=again, reading=())


def forget() -> None:
    """Keep nothing any more; the browser is told to start a new session."""
    st.session_state[_TAB] = Tab(settled=True, forgotten=True)
    st.session_state[_KEY] = Choices(language=choices().language)


def open_sample(key: str) -> None:
    """Show a sample set; weights, goal and standards stay, lines and baseline are proposed anew."""
    now = choices()
    _replace_data(session_choices.on_other_data(now.scenario), sample=key, dataset=None, sources=())


def open_dataset(
    dataset: Dataset, sources: tuple[Any, ...], meant: Money = UNSAID, existing: Existing = UNTOLD
) -> None:
    """Show the user's own data. What was tried on a sample stays with the sample.

    Where one of the files stays, so does all that was chosen, but a date before the first order and, before any step,
    proposed lines. For other files see ``carried.on_next_file``; their money means what the headers say (``meant``).
    """
    now = choices()
    if now.resumed is not None and {source.name for source in sources} == set(now.again):
        scenario = session_choices.within(now.resumed, dataset)
        _show(scenario=scenario, dataset=dataset, sources=sources)
    elif {source.sha256 for source in now.sources} & {source.sha256 for source in sources}:
        _show(**session_choices.for_more_data(now, dataset), dataset=dataset, sources=sources)
    else:
        own = now.dataset is not None
        policy = (
            session_choices.on_next_file(now.scenario, now.proposed) if own else session_choices.after_a_sample(now)
        )
        fresh = policy.model_copy(update={"money": meant, "existing": existing})
        _replace_data(fresh, dataset=dataset, sources=sources)


def _replace_data(fresh: Scenario, **data: Any) -> None:
    _show(**session_choices.for_other_data(choices(), fresh), baseline=None, undo=(), redo=(), loaded=None, **data)


def _show(**changes: Any) -> None:
    passed = {"before_drag": None, "customer_id": None, "listed": None, "waiting": (), "problem": None}
    choose(**passed, again=(), resumed=None, **changes)


def change_scenario(**changes: Any) -> None:
    """Change the scenario by one undoable step."""
    set_scenario(choices().scenario.model_copy(update=changes))


def set_scenario(scenario: Scenario) -> None:
    """Replace the scenario by one undoable step."""
    now = choices()
    before = now.before_drag or now.scenario
    if scenario != before:
        choose(undo=(*now.undo, before)[-MOST_UNDO:], redo=(), anew=())
    _step_to(scenario)


def _step_to(scenario: Scenario) -> None:
    """Show the scenario; how the one before drew its lines is remembered, and other names are those of all."""
    now = choices()
    before = now.before_drag or now.scenario
    drawn = session_choices.with_last_drawn(now.drawn, before, scenario)
    baseline = now.baseline and session_choices.under_names(now.baseline, before, scenario)
    saved = session_choices.saved_under_names(now.saved, before, scenario)
    choose(scenario=scenario, before_drag=None, drawn=drawn, baseline=baseline, saved=saved)


def drag_scenario(scenario: Scenario) -> None:
    """Follow a slider that is still held: one undo will return to where the drag began."""
    now = choices()
    choose(scenario=scenario, before_drag=now.before_drag or now.scenario)


def complete_scenario(scenario: Scenario) -> None:
    """Keep what was filled in from the data; the first completed scenario becomes the baseline."""
    now = choices()
    if now.scenario.cuts is None and scenario.cuts is not None:
        choose(proposed=(*now.proposed, scenario.cuts)[-MOST_UNDO:])
    choose(scenario=scenario, baseline=now.baseline or scenario)


def undo() -> None:
    """Return to the scenario before the last step."""
    now = choices()
    if now.undo:
        choose(undo=now.undo[:-1], redo=(*now.redo, now.scenario))
        _step_to(now.undo[-1])


def redo() -> None:
    """Go on to the scenario that the last undo left."""
    now = choices()
    if now.redo:
        choose(redo=now.redo[:-1], undo=(*now.undo, now.scenario))
        _step_to(now.redo[-1])


def pin_baseline() -> None:
    """Compare with the scenario as it is now, no longer with the tiers of the file; its lines are then a person's."""
    now = choices().scenario
    pinned = now.model_copy(update={"existing": now.existing.model_copy(update={"baseline": False})})
    choose(scenario=pinned, baseline=pinned, proposed=tuple(one for one in choices().proposed if one != now.cuts))


def keep_addresses(pages: Mapping[str, StreamlitPage]) -> None:
    """Remember the app's pages, so that one can link to another."""
    st.session_state["addresses"] = dict(pages)


def address(key: str) -> StreamlitPage:
    """The page named ``key``."""
    return st.session_state["addresses"][key]


def rotate(name: str) -> str:
    """Widget key that changes with each ``turn(name)``, to empty an uploader after its file was taken."""
    return f"{name}-{st.session_state.get(f'turn-{name}', 0)}"


def turn(name: str) -> None:
    """Make the widget with the key ``rotate(name)`` start anew."""
    st.session_state[f"turn-{name}"] = st.session_state.get(f"turn-{name}", 0) + 1


def set_widget(key: str, value: Any) -> None:
    """Make a widget show what the scenario says before it is drawn."""
    st.session_state[key] = value


def event(key: str) -> Any:
    """What happened in the component ``key`` when it called back, None where nothing did."""
    return st.session_state[key].get("event")


def widget_value(key: str) -> Any:
    """What a widget holds now, None where it has not been drawn."""
    return st.session_state.get(key)


def _first_language() -> Language:
    asked = st.query_params.get("lang")
    if asked in LANGUAGES:
        return asked
    return language_named(st.context.locale or "")
