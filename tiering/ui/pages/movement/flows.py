"""The flow of customers from review to review."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd
import streamlit as st

from tiering.metrics.windows import months_before
from tiering.movement.chain import AWAY, Chain
from tiering.movement.migration import migration
from tiering.ui.base import cached_movement, frame, past_dates
from tiering.ui.base.cached import Shown
from tiering.ui.base.drawing import draw
from tiering.ui.charts.flow import States, flow_chart
from tiering.words import Words

QUARTER = 3
MOST_STEPS = 8


def section(shown: Shown, days: tuple[date, date], words: Words) -> None:
    """Draw the flow from quarter to quarter between two days."""
    chain = cached_movement.chain(shown, _quarters(*days), words)
    labels = past_dates.state_labels(chain.names, words)
    states = States(labels, chain.count, chain.count + AWAY, shown.tiering.scenario.hues)
    dates = [words.day(day) for day in chain.dates]
    st.caption(words("movement.flow.hint"))
    draw(flow_chart(_flows(chain), dates, states, words, frame.is_dark()), words)


def _quarters(start: date, end: date) -> list[date]:
    """The two days and the quarters between, counted back from the later one."""
    between = [months_before(end, QUARTER * step) for step in range(1, MOST_STEPS)]
    # a quarter hardly begun at the start would be a step of a few days
    return [start, *sorted(day for day in between if (day - start).days > 45), end]


def _flows(chain: Chain) -> pd.DataFrame:
    """One row per step and pair of states; every customer is in one at each step."""
    steps = []
    for step, (start, end) in enumerate(pairwise(range(len(chain.dates)))):
        counts = migration(chain, start, end).counts
        was, now = np.nonzero(counts)
        steps.append(pd.DataFrame({"step": step, "was": was, "now": now, "customers": counts[was, now]}))
    return pd.concat(steps, ignore_index=True)
