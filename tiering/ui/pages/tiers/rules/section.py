"""What counts beyond weights and lines, one part at a time, and a line that says what is in force."""

from __future__ import annotations

import streamlit as st

from tiering.tiers.overrides import Standing
from tiering.ui.base.cached import Shown
from tiering.ui.base.remembered import Remembered
from tiering.ui.pages.tiers.rules import appeals, groups, hand, points
from tiering.words import Words

PARTS = {
    "points": points.points,
    "caps": points.caps,
    "hand": hand.by_hand,
    "appeals": appeals.appeals,
    "groups": groups.groups,
}
_CONTROLS = Remembered("rules", lambda _, part: f"rules.part.{part}")


def part(shown: Shown, words: Words) -> None:
    """Points, caps, tiers by hand, appeals and groups, side by side."""
    chosen = _CONTROLS.picked("part", tuple(PARTS), words, bare=True)
    PARTS[chosen](shown, words)


def in_force(shown: Shown, words: Words) -> None:
    """One line that says what is in force, so that a closed dock hides no rule."""
    tiering, settled = shown.tiering, shown.tiering.settlement
    if settled is None:
        return
    moved = int((tiering.by_score != tiering.base_tiers).sum())
    answers = {"points": settled.points.point_answers, "caps": settled.points.cap_answers}
    usable = {kind: sum(answer.fault is None for answer in found) for kind, found in answers.items()}
    said = [words("rules.standing", n=moved, hand=int((settled.hand.tiers >= 0).sum()), **usable)]
    idle = sum(len(found) for found in answers.values()) - sum(usable.values())
    if idle:
        said.append(words("rules.idle", n=idle))
    expired = sum(entry.standing == Standing.EXPIRED for entry in settled.hand.entries)
    if expired:
        said.append(words("rules.expired", n=expired))
    st.caption(words.sentences(said))
