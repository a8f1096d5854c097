"""How sure the tiers are: the share of plausible weightings that keep each, and the borderline list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, get_args

import numpy as np
import pandas as pd
import streamlit as st

from tiering.said.labels import customer_labels
from tiering.said.provisional import tier_texts
from tiering.tiers.robustness import (
    Flips,
    Rows,
    Shares,
    borderline,
    final_flips,
    final_shares,
    final_stability_shares,
    smallest_flips,
    stability_classes,
    tier_shares,
)
from tiering.tiers.score import weight_vector
from tiering.tiers.weightings import Sampling, sampled_weightings
from tiering.ui.base import cached, frame, state
from tiering.ui.base.cached import Shown
from tiering.ui.base.frame import plain, safe_table
from tiering.words import Words

SAMPLINGS: tuple[Sampling, ...] = get_args(Sampling)
DRAWS = 1000
SEED = 1
MOST_ROWS = 200


@st.fragment
@frame.guarded
def how_sure() -> None:
    """A closed section; computed when asked for, and asked for again when the scenario has changed."""
    words = frame.words()
    section = lazy_expander(words("sure.title"), "sure-open")
    if not section.open:
        return
    shown = cached.shown()
    with section:
        if not shown.tiering.scenario.drawn_by_score:
            st.info(words("ways.not_by_weights"))
            return
        st.caption(words("sure.about"))
        if not shown.tiering.totals.customers[:-1].sum():
            st.info(words("tiers.weights_zero"))
            return
        sampling = _sampling(words)
        sureness = cached_stability(shown, sampling) or _on_request(shown, sampling, words)
        if sureness is not None:
            _answer(shown, sureness, words)


def _sampling(words: Words) -> Sampling:
    return st.segmented_control(
        words("sure.sampling.label"),
        SAMPLINGS,
        format_func=lambda option: words(f"sure.sampling.{option}"),
        key="sure-sampling",
        default="order",
        required=True,
        persist_state="session",
    )


def _on_request(shown: Shown, sampling: Sampling, words: Words) -> Sureness | None:
    place = st.empty()
    if not place.button(words("sure.compute", draws=DRAWS), type="primary", key="sure-compute"):
        return None
    bar = place.progress(0.0, words("sure.computing"))

    def follow(share: float) -> None:
        bar.progress(share, words("sure.computing"))

    sureness = compute(shown, sampling, follow)
    place.empty()
    return sureness


def _answer(shown: Shown, sureness: Sureness, words: Words) -> None:
    """Summary line, then the customers whose tier depends on whom you ask."""
    st.markdown(plain(summary(shown, sureness, words)))
    if not sureness.rows.size:
        return
    capped = words("sure.capped", n=int(sureness.rows.size), shown=MOST_ROWS)
    st.caption(words.sentences([*([capped] if sureness.rows.size > MOST_ROWS else []), words("sure.pick")]))
    table = borderline_frame(shown, sureness, words)
    picked: Any = st.dataframe(
        safe_table(table),
        hide_index=True,
        height=min(36 * (len(table) + 1), 360),
        selection_mode="single-row",
        on_select="rerun",
        key=state.rotate("sure-table"),
        column_config=_columns(shown, words),
    )
    if st.button(words("sure.list", n=int(sureness.rows.size)), key="sure-list"):
        _turn_to(shown, sureness, words)
    if picked.selection.rows:
        _open(shown, int(sureness.rows[picked.selection.rows[0]]))


def summary(shown: Shown, sureness: Sureness, words: Words) -> str:
    """How many are firm, leaning and open, and the revenue that is not firm."""
    revenue = float(np.maximum(shown.tiering.base.revenue[sureness.rows], 0).sum())
    firm, leaning, undecided = (sureness.count(standing) for standing in range(3))
    money = words.money(revenue, shown.dataset.currency)
    share = words.percent(firm / max(firm + leaning + undecided, 1))
    return words("sure.summary", firm=firm, leaning=leaning, open=undecided, share=share, money=money)


def borderline_frame(shown: Shown, sureness: Sureness, words: Words) -> pd.DataFrame:
    """One row per borderline customer: tier, share kept, where else it stands, revenue at stake, nearest flip."""
    tiering = shown.tiering
    rows = sureness.rows[:MOST_ROWS]
    names, tiers, kept = np.array(tiering.scenario.tiers, dtype=object), tiering.tiers[rows], sureness.kept[rows]
    elsewhere = sureness.elsewhere.copy()
    elsewhere[tiers, np.arange(rows.size)] = -1
    return pd.DataFrame(
        {
            "customer": customer_labels(tiering.base.customers.iloc[rows]),
            "tier": tier_texts(tiering, words, rows),
            "kept": kept,
            "standing": [words(f"sure.standing.{('firm', 'leaning', 'open')[n]}") for n in sureness.standing[rows]],
            "otherwise": names[elsewhere.argmax(axis=0)],
            "stake": np.maximum(tiering.base.revenue[rows], 0) * (1 - kept),
            "flip": [_flip(shown, sureness, position, words) for position in range(rows.size)],
        }
    )


def _flip(shown: Shown, sureness: Sureness, position: int, words: Words) -> str:
    """The smallest change of one weight that puts the customer elsewhere, in words."""
    row = int(sureness.flips.indicator[position])
    if row < 0:
        return words("sure.no_flip")
    key = shown.tiering.base.matrix.keys[row]
    return words(
        "sure.flip",
        indicator=words(f"indicator.{key}.label"),
        before=shown.tiering.scenario.weights.get(key, 0),
        after=int(sureness.flips.weight[position]),
        tier=shown.tiering.scenario.tiers[sureness.flips.tier[position]],
    )


def _columns(shown: Shown, words: Words) -> dict[str, Any]:
    return {
        "customer": st.column_config.TextColumn(words("movers.customer"), pinned=True),
        "tier": st.column_config.TextColumn(words("customer.tier")),
        "kept": st.column_config.ProgressColumn(
            words("sure.column.kept"), help=words("sure.column.kept_help"), format="percent", min_value=0, max_value=1
        ),
        "standing": st.column_config.TextColumn(words("sure.column.standing"), width="small"),
        "otherwise": st.column_config.TextColumn(words("sure.column.otherwise"), width="small"),
        "stake": st.column_config.NumberColumn(
            words("sure.column.stake"), help=words("sure.column.stake_help"), format="localized", step=1
        ),
        "flip": st.column_config.TextColumn(words("sure.column.flip"), help=words("sure.column.flip_help")),
    }


def _turn_to(shown: Shown, sureness: Sureness, words: Words) -> None:
    """All borderline customers as a list on the page of customers."""
    ids = shown.tiering.base.customers["customer_id"].iloc[sureness.rows]
    state.choose(listed=(words("sure.listed"), tuple(ids)), goto="customer")
    st.rerun("app")


def _open(shown: Shown, row: int) -> None:
    """The picked customer's own page."""
    state.turn("sure-table")
    state.choose(customer_id=str(shown.tiering.base.customers["customer_id"].iloc[row]), goto="customer")
    st.rerun("app")


def lazy_expander(label: str, key: str) -> Any:
    """An expander whose content is drawn only while it is open; ``key`` is its name in the session."""
    kept = f"{key}-kept"
    if state.widget_value(key) is None:
        state.set_widget(key, bool(state.widget_value(kept)))

    def keep() -> None:
        state.set_widget(kept, state.widget_value(key))

    return st.expander(label, key=key, on_change=keep)


@dataclass(frozen=True)
class Sureness:
    """How sure each customer's tier is, and more about the borderline ones with most revenue at stake.

    ``kept`` (n,) share of the weightings that keep the tier; ``rows`` all borderline customers, biggest stake first;
    ``elsewhere`` (tiers, m) and ``flips`` for the first m of them.
    """

    kept: Shares
    standing: np.ndarray
    rows: Rows
    elsewhere: Shares
    flips: Flips

    def count(self, standing: int) -> int:
        """How many customers are firm (0), leaning (1) or open (2)."""
        return int(np.count_nonzero(self.standing == standing))


def cached_stability(shown: Shown, sampling: Sampling) -> Sureness | None:
    """What was computed for this scenario before, None where it was not."""
    return _kept(shown.dataset.fingerprint, shown.tiering.scenario.model_dump_json(), sampling).get("sureness")


def compute(shown: Shown, sampling: Sampling, progress: Callable[[float], None]) -> Sureness:
    """Sample the weightings, count, and remember the answer for this session."""
    tiering = shown.tiering
    matrix, positions, base, settled = tiering.base.matrix, tiering.positions, tiering.base_tiers, tiering.adjustments
    weightings = sampled_weightings(weight_vector(matrix, tiering.scenario.weights), sampling, DRAWS, SEED)
    kept = final_stability_shares((matrix, weightings, positions), base, settled, progress)
    rows = borderline(kept, tiering.base.revenue)
    listed = rows[:MOST_ROWS]
    by_base = tier_shares(matrix, weightings, positions, listed)
    flips = smallest_flips(matrix, tiering.scenario.weights, positions, base, listed)
    elsewhere = final_shares(by_base, settled, listed)
    sureness = Sureness(kept, stability_classes(kept), rows, elsewhere, final_flips(flips, settled, base, listed))
    _kept(shown.dataset.fingerprint, tiering.scenario.model_dump_json(), sampling)["sureness"] = sureness
    return sureness


@st.cache_resource(scope="session", max_entries=3, show_spinner=False)
def _kept(fingerprint: str, settings: str, sampling: str) -> dict[str, Any]:
    """A place for one answer: looking it up costs nothing, filling it is asked for."""
    return {}
