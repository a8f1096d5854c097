"""Why they moved: each move split into its causes, in sum and for each customer."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from tiering.movement.attribution import CAUSES, Attribution, main_cause
from tiering.ui.base import cached_movement, drill_down, frame, past_dates, state
from tiering.ui.base.cached import Shown
from tiering.ui.base.drawing import draw
from tiering.ui.charts.movement import causes_chart, way_chart
from tiering.words import Words

MOST_MOVERS = 1000
MILLI = 1000


def section(shown: Shown, words: Words) -> None:
    """Draw the causes in sum, the movers with theirs, and the way of the one that is picked."""
    if not past_dates.reviews(shown, "causes", words):
        return
    start, end = past_dates.two_dates(shown, words)
    split = cached_movement.attribution(shown, (start, end), words)
    past_dates.warn_of_short_window(shown, start, words)
    if not split.moved.size:
        st.info(words("movement.causes.none"))
        return
    st.markdown(_sentence(split, words))
    draw(causes_chart(_sums(split, words), words, frame.is_dark()), words)
    _definitions(shown, words)
    _movers(shown, split, words)


def _sentence(split: Attribution, words: Words) -> str:
    rows = split.moved
    causes = np.bincount(main_cause(split, rows), minlength=len(CAUSES))
    listed = words("movement.causes.and").join(
        words("movement.causes.main_of", n=int(count), cause=words(f"movement.cause.{cause}_why"))
        for cause, count in sorted(zip(CAUSES, causes, strict=True), key=lambda pair: -pair[1])
        if count
    )
    return words("movement.causes.sentence", n=rows.size, list=listed)


def _sums(split: Attribution, words: Words) -> pd.DataFrame:
    """One row per cause and direction: tiers up and down that it took, over all movers."""
    steps = split.steps[:, split.moved].astype(int)
    up, down = np.maximum(steps, 0).sum(axis=1), np.minimum(steps, 0).sum(axis=1)
    labels = [words(f"movement.cause.{cause}") for cause in CAUSES]
    points = split.points[:, split.moved].sum(axis=1) / MILLI
    return pd.DataFrame({"cause": labels, "up": up, "down": down, "points": points})


def _definitions(shown: Shown, words: Words) -> None:
    pinned = cached_movement.pinned_rule(shown)
    same = cached_movement.rule_key(pinned) == cached_movement.rule_key(shown.tiering.scenario)
    if same:
        st.caption(words("movement.causes.same_rule"))
    elif pinned.tiers != shown.tiering.scenario.tiers:
        st.caption(words("movement.causes.other_tiers"))
    with st.expander(words("movement.causes.how")):
        for cause in CAUSES:
            st.markdown(f"**{words(f'movement.cause.{cause}')}** · {words(f'movement.cause.{cause}_is')}")
        st.markdown(words("movement.causes.exact"))


def _movers(shown: Shown, split: Attribution, words: Words) -> None:
    rows = split.moved
    listed = _rows(shown, split, rows, words)
    labels = {name: _label(name, words) for name in map(str, listed) if name != "customer_id"}
    event: Any = st.dataframe(
        frame.safe_table(listed.head(MOST_MOVERS)),
        hide_index=True,
        placeholder="",
        column_order=list(labels),
        column_config=_columns(labels),
        height="content" if len(listed) <= drill_down.FEW_ROWS else drill_down.MOST_HEIGHT,
        on_select="rerun",
        selection_mode="single-row",
        key="movement-causes",
    )
    st.caption(words("movement.causes.click", n=min(rows.size, MOST_MOVERS), all=rows.size))
    picked = event.selection.rows[0] if event.selection.rows else 0
    _way(listed.iloc[min(picked, len(listed) - 1)], split, int(rows[min(picked, len(listed) - 1)]), words)
    drill_down.download("causes", listed, {"customer_id": words("field.customer_id.label")} | labels, words)


def _way(row: pd.Series, split: Attribution, place: int, words: Words) -> None:
    """The picked customer's way from the old score to the new one."""
    st.markdown(
        f"**{frame.plain(str(row['customer']))}** · {frame.plain(str(row['was']))} → {frame.plain(str(row['now']))}"
    )
    start = split.milli[0, place] / MILLI
    points = split.points[:, place] / MILLI
    labels = [
        words("movement.causes.before"),
        *(words(f"movement.cause.{c}") for c in CAUSES),
        words("movement.causes.after"),
    ]
    ends = np.concatenate([[start], start + np.cumsum(points), [start + points.sum()]])
    begins = np.concatenate([[0.0], ends[:-2], [0.0]])
    notes = [f"{start:.1f}", *(_signed(change, words) for change in points), f"{ends[-1]:.1f}"]
    way = pd.DataFrame({"label": labels, "begin": begins, "end": ends, "note": notes})
    draw(way_chart(way, words, frame.is_dark()), words)
    if st.button(words("movement.causes.open"), key="movement-open"):
        state.choose(customer_id=str(row["customer_id"]), listed=None, goto="customer")
        st.rerun()


def _signed(change: float, words: Words) -> str:
    return ("+" if change > 0 else "") + words.number(change, 1)


def _rows(shown: Shown, split: Attribution, rows: np.ndarray, words: Words) -> pd.DataFrame:
    names = np.array([*shown.tiering.scenario.tiers], dtype=object)
    ids = pd.Series(split.customer_ids[rows])
    causes = np.array([words(f"movement.cause.{cause}") for cause in CAUSES], dtype=object)
    total = (split.milli[1] - split.milli[0])[rows] / MILLI
    return pd.DataFrame(
        {
            "customer_id": ids,
            "customer": drill_down.names(shown, ids),
            "was": names[split.tiers[0, rows]],
            "now": names[split.tiers[1, rows]],
            "main": causes[main_cause(split, rows)],
            "total": total,
            **{cause: split.points[at, rows] / MILLI for at, cause in enumerate(CAUSES)},
            "revenue_after": split.revenue[1, rows].round(),
        }
    )


def _label(name: str, words: Words) -> str:
    if name in CAUSES:
        return words(f"movement.cause.{name}")
    return words(f"movement.causes.{name}" if name in ("main", "total") else f"movement.movers.{name}")


def _columns(labels: dict[str, str]) -> dict[str, Any]:
    points = {
        name: st.column_config.NumberColumn(label, format="%+.1f")
        for name, label in labels.items()
        if name in (*CAUSES, "total")
    }
    money = {"revenue_after": st.column_config.NumberColumn(labels["revenue_after"], format="localized")}
    return {name: st.column_config.TextColumn(label) for name, label in labels.items()} | points | money
