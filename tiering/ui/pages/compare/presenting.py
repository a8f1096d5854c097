"""What the presentation shows: the scheme's story, then the agenda and the decisions, with names masked on request."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import streamlit as st

from tiering.decision.rooms import RoomView
from tiering.decision.saved import Entry
from tiering.decision.votes import spread
from tiering.report.handout import Handout, masked
from tiering.report.story import Bars, Curve, Part, Story, Table, story_of
from tiering.said.colours import tier_colour
from tiering.said.labels import customer_labels
from tiering.said.tables import knows_revenue
from tiering.ui.base import frame, state
from tiering.ui.base.cached import Shown
from tiering.ui.pages.compare.presentation import (
    PresentationPayload,
    Slide,
    SlideBars,
    SlideCurve,
    SlideTable,
    presentation,
)
from tiering.ui.pages.policy.papers import handout
from tiering.ui.pages.tiers.weights.robustness import Sureness
from tiering.ui.pages.vote import rooms
from tiering.ui.pages.vote.ballot import indicator_label
from tiering.words import Words

MASK = "workshop-mask"
MOST_ROWS = 8
MOST_TOLD = 8  # rows that can be read from the back of a room; the rest is counted
KEYS = ("start", "previous", "next", "close", "hint")


def presenting(shown: Shown, sureness: Sureness | None, words: Words) -> None:
    """The switch for masked names and the button that starts."""
    st.subheader(words("workshop.present.title"), anchor=False)
    st.caption(words("workshop.present.about"))
    state.set_widget(MASK, is_masked())
    st.toggle(words("workshop.present.mask"), key=MASK, on_change=_keep_mask)
    paper = paper_of(shown, words)
    story = _story(shown.dataset.fingerprint, _settings(shown, words), _paper=paper)
    room = rooms.own_room()
    extra = [agenda_part(paper, sureness), votes_part(room, words), decisions_part(paper.log, words)]
    told = replace(story, parts=(*story.parts, *(part for part in extra if part is not None)))
    presentation(payload(told, words), key="workshop-presentation")


def paper_of(shown: Shown, words: Words) -> Handout:
    """What the workshop shows, in the colours of the theme, without names where they are to be hidden."""
    scenario = shown.tiering.scenario
    hues = [tier_colour(name, place, scenario.hues) for place, name in enumerate(scenario.tiers)]
    paper = replace(handout(shown, words), colours=tuple(hue.on(frame.is_dark()) for hue in hues))
    return masked(paper) if is_masked() else paper


def is_masked() -> bool:
    """Whether names of customers are to be hidden in the workshop."""
    return bool(state.widget_value(f"{MASK}-kept"))


def payload(story: Story, words: Words) -> PresentationPayload:
    """Story → screens, the cover first."""
    cover = Part(story.title, story.facts)
    return {
        "locale": words.locale.tag,
        "dark": frame.is_dark(),
        "name": story.title,
        "slides": [slide(part, words) for part in (cover, *story.parts)],
        "colours": story.colours,
        "keys": {key: words(f"workshop.present.{key}") for key in KEYS},
    }


def slide(part: Part, words: Words) -> Slide:
    """One part of the story → one screen; of a long table the first rows."""
    bars = part.chart if isinstance(part.chart, Bars) else None
    curve = part.chart if isinstance(part.chart, Curve) else None
    return {
        "title": part.title,
        "sentences": list(part.sentences),
        "note": _note(part, words),
        "table": None if part.table is None else _table(part.table),
        "bars": None if bars is None else _bars(bars, words),
        "curve": None if curve is None else _curve(curve),
    }


def agenda_part(paper: Handout, sureness: Sureness | None) -> Part | None:
    """The customers whose tier depends on the weights; nothing where that was not computed or concerns nobody."""
    if sureness is None or not sureness.rows.size:
        return None
    words, tiering = paper.words, paper.tiering
    rows = sureness.rows[:MOST_ROWS]
    columns = [
        customer_labels(tiering.base.customers.iloc[rows]),
        np.array([*tiering.scenario.tiers, words("tier.unscored")], dtype=object)[tiering.tiers[rows]].tolist(),
        [words.percent(share) for share in sureness.kept[rows]],
    ]
    headers = ["movers.customer", "customer.tier", "sure.column.kept"]
    if knows_revenue(tiering):
        columns.append([words.money(money, paper.dataset.currency) for money in tiering.base.revenue[rows]])
        headers.append("movers.revenue")
    return Part(
        words("workshop.present.agenda", n=int(sureness.rows.size)),
        table=Table(
            tuple(words(key) for key in headers),
            tuple(zip(*columns, strict=True)),
            (False, False, True, True)[: len(headers)],
            tiers=1,
        ),
    )


def votes_part(room: RoomView | None, words: Words) -> Part | None:
    """What a revealed vote came to, the weightiest indicator first; nothing before the reveal."""
    if room is None or not room.revealed:
        return None
    found = spread([vote.weights for vote in room.votes], list(room.indicators))
    labels = [indicator_label(key, label, words) for key, label in room.indicators.items()]
    order = np.argsort(-found.median, kind="stable")
    rows = tuple(
        (
            labels[place],
            *(words.percent(float(shares[place])) for shares in (found.median, found.lowest, found.highest)),
        )
        for place in order
    )
    headers = tuple(words(f"workshop.present.{key}") for key in ("indicator", "median", "lowest", "highest"))
    title = words("workshop.present.voted", n=len(room.votes), most=labels[int(order[0])])
    return Part(title, table=Table(headers, rows, (False, True, True, True)))


def decisions_part(log: tuple[Entry, ...], words: Words) -> Part | None:
    """What was decided last; nothing where nothing was."""
    if not log:
        return None
    newest = log[::-1][:MOST_ROWS]
    rows = tuple(
        (words.day(entry.day), words(f"scenarios.log.{entry.verdict}"), entry.subject, entry.reason) for entry in newest
    )
    headers = tuple(words(f"scenarios.log.{key}") for key in ("day", "verdict", "subject", "reason"))
    return Part(words("workshop.present.decided", n=len(log)), table=Table(headers, rows, (False,) * len(headers)))


def _keep_mask() -> None:
    state.set_widget(f"{MASK}-kept", state.widget_value(MASK))


def _settings(shown: Shown, words: Words) -> tuple[str, ...]:
    scenarios = (shown.tiering.scenario, shown.baseline.scenario)
    return (
        words.language,
        str(is_masked()),
        str(frame.is_dark()),
        *(scenario.model_dump_json() for scenario in scenarios),
    )


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def _story(fingerprint: str, settings: tuple[str, ...], _paper: Handout) -> Story:
    return story_of(_paper)


def _table(table: Table) -> SlideTable:
    return {
        "headers": list(table.headers),
        "rows": [list(row) for row in table.rows[:MOST_TOLD]],
        "numeric": list(table.numeric),
        "tier": -1 if table.tiers is None else table.tiers,
    }


def _note(part: Part, words: Words) -> str:
    """What stands at the foot; where rows of a table find no room on the screen, how many."""
    left_out = max(len(part.table.rows) - MOST_TOLD, 0) if part.table is not None else 0
    return part.table.note(words, left_out) if part.table is not None and left_out else part.note


def _bars(bars: Bars, words: Words) -> SlideBars:
    labels = bars.labels[:MOST_ROWS]
    shares = [[values[row] for _, values in bars.series] for row in range(len(labels))]
    return {
        "labels": list(labels),
        "series": [label for label, _ in bars.series],
        "shares": shares,
        "notes": [[words.percent(share, 1) for share in row] for row in shares],
    }


def _curve(curve: Curve) -> SlideCurve:
    return {"points": list(curve.points), "marked": curve.marked, "note": curve.note, "axes": curve.axes}
