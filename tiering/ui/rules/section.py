"""The section below the studio: what counts beyond weights and lines, one part at a time."""

from __future__ import annotations

import streamlit as st

from tiering.ui import cached, frame
from tiering.ui.cached import Shown
from tiering.ui.rules import appeals, groups, hand, points
from tiering.ui.weights.section import kept_open
from tiering.words import Words

PARTS = {
    "points": points.points,
    "caps": points.caps,
    "hand": hand.by_hand,
    "appeals": appeals.appeals,
    "groups": groups.groups,
}


@st.fragment
@frame.guarded
def rules() -> None:
    """A closed section: points, caps, tiers by hand, appeals, groups."""
    words = frame.words()
    section = kept_open(words("rules.title"), "rules-open")
    shown = cached.shown()
    _standing(shown, words)
    if not section.open:
        return
    with section:
        part = st.segmented_control(
            words("rules.part.label"),
            list(PARTS),
            format_func=lambda option: words(f"rules.part.{option}"),
            key="rules-part",
            default="points",
            required=True,
            persist_state="session",
            label_visibility="collapsed",
        )
        PARTS[part](shown, words)


def _standing(shown: Shown, words: Words) -> None:
    """One line that says what is in force, so that a closed section hides no rule."""
    tiering, settled = shown.tiering, shown.tiering.settlement
    if settled is None:
        return
    moved = int((tiering.tiers != tiering.base_tiers).sum())
    answers = {"points": settled.points.point_answers, "caps": settled.points.cap_answers}
    usable = {kind: sum(answer.fault is None for answer in found) for kind, found in answers.items()}
    said = [words("rules.standing", n=moved, hand=int((settled.hand.tiers >= 0).sum()), **usable)]
    idle = sum(len(found) for found in answers.values()) - sum(usable.values())
    if idle:
        said.append(words("rules.idle", n=idle))
    st.caption(("" if words.language == "zh" else " ").join(said))
