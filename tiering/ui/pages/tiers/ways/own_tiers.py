"""Own tiers: two to six, with names and colours of one's own."""

from __future__ import annotations

import re
import zlib

import streamlit as st

from tiering.said.colours import indistinguishable, is_red, tier_colour
from tiering.scenario import SCHEMES, Scenario
from tiering.ui.base import frame, state
from tiering.ui.base.cached import Shown
from tiering.ui.pages.tiers.ways.choice import change, with_tiers
from tiering.words import Words

FEWEST, MOST = 2, 6
NAME = re.compile(r"\S(.{0,38}\S)?")


def own_tiers(shown: Shown, words: Words) -> None:
    """Number, names and colours in a small window beside the schemes; they apply together."""
    scenario = shown.tiering.scenario
    with st.popover(words("scheme.own"), key="own-tiers"):
        st.caption(words("own.about"))
        count = _count(scenario, words)
        start = f"{count}-{zlib.crc32(repr((scenario.tiers, scenario.hues)).encode())}"
        with st.form(f"own-form-{start}", border=False):
            names, hues = _fields(scenario, count, start, words)
            st.form_submit_button(
                words("own.apply"), type="primary", on_click=lambda: _apply(shown, *_typed(count, start), words)
            )
        faults = refused(names, hues, words)
        if faults:
            st.error(frame.plain(" ".join(faults)))
        if scenario.hues:
            st.button(words("own.colours_back"), on_click=lambda: change(hues=()))


def refused(names: list[str], hues: list[str], words: Words) -> list[str]:
    """What is wrong with names and colours, in sentences; nothing where they can be used."""
    faults = [words("own.refused.empty", place=place) for place, name in enumerate(names, start=1) if not name]
    twice = dict.fromkeys(name for name in names if name and names.count(name) > 1)
    faults += [words("own.refused.twice", name=name) for name in twice]
    faults += [words("own.refused.blank", name=name) for name in names if name and not NAME.fullmatch(name)]
    if faults:
        return faults
    chosen = own_hues(tuple(names), tuple(hues))
    faults += [words("own.refused.red", tier=name) for name, hue in zip(names, chosen, strict=False) if is_red(hue)]
    alike = indistinguishable(chosen)
    if alike is not None:
        faults.append(words("own.refused.alike", tier=names[alike[0]], other=names[alike[1]]))
    return faults


def own_hues(names: tuple[str, ...], hues: tuple[str, ...]) -> tuple[str, ...]:
    """The colours as the scenario keeps them; none where all are the usual ones."""
    usual = tuple(tier_colour(name, place).light for place, name in enumerate(names))
    return () if hues == usual else hues


def starting_names(scenario: Scenario, count: int) -> tuple[str, ...]:
    """Names to begin with: the present ones, then those of a ready scheme, then letters."""
    if count == len(scenario.tiers):
        return scenario.tiers
    ready = next((names for names in SCHEMES.values() if len(names) == count), None)
    return ready or ("S", "A", "B", "C", "D", "E")[:count] if count != FEWEST else ("A", "B")


def _count(scenario: Scenario, words: Words) -> int:
    key = f"own-count-{len(scenario.tiers)}"
    if state.widget_value(key) is None:
        state.set_widget(key, len(scenario.tiers))
    st.segmented_control(words("own.number"), range(FEWEST, MOST + 1), key=key, required=True)
    return int(state.widget_value(key))


def _fields(scenario: Scenario, count: int, start: str, words: Words) -> tuple[list[str], list[str]]:
    present = scenario.hues if count == len(scenario.tiers) else ()
    for place, name in enumerate(starting_names(scenario, count)):
        row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
        usual = present[place] if present else tier_colour(name, place).light
        row.text_input(words("own.name", place=place + 1), name, key=f"own-name-{start}-{place}", max_chars=40)
        row.color_picker(
            words("own.colour", tier=name), usual, key=f"own-hue-{start}-{place}", label_visibility="collapsed"
        )
    return _typed(count, start)


def _typed(count: int, start: str) -> tuple[list[str], list[str]]:
    names = [str(state.widget_value(f"own-name-{start}-{place}") or "").strip() for place in range(count)]
    hues = [str(state.widget_value(f"own-hue-{start}-{place}")).lower() for place in range(count)]
    return names, hues


def _apply(shown: Shown, names: list[str], hues: list[str], words: Words) -> None:
    """Take names and colours that can be used; others stay as typed, with a sentence."""
    if refused(names, hues, words):
        return
    chosen = tuple(names)
    change(**{**with_tiers(shown, chosen), "hues": own_hues(chosen, tuple(hues))})
