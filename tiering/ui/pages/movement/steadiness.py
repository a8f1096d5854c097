"""How steady the tiers are from quarter to quarter, and where the pattern of moves leads."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from tiering.movement.chain import Chain
from tiering.movement.intervals import Z95, Share
from tiering.movement.long_run import mobility, next_sizes, reviews_until, steady_state
from tiering.movement.migration import (
    ChiSquared,
    Counts,
    chained_counts,
    homogeneity,
    same_sizes,
    stay_shares,
    symmetry,
    ups_and_downs,
)
from tiering.ui.base import cached_movement, drill_down, frame, past_dates
from tiering.ui.base.cached import Shown
from tiering.ui.base.drawing import draw
from tiering.ui.charts.movement import intervals_chart
from tiering.words import Words

SURE = 0.05
LEAST_STEPS = 2
A_YEAR = 4  # reviews
FEW_MOVES = 30  # moves of a tier that were seen, below which its rates are a guess


def section(shown: Shown, words: Words) -> None:
    """Draw the stay rates and the two tests over all reviews."""
    chain = cached_movement.chain(shown, past_dates.reviews(shown, "migration", words), words)
    past_dates.warn_of_short_window(shown, chain.dates[0], words)
    st.markdown(words("movement.steady.sentence", n=len(chain.dates), start=chain.dates[0], end=chain.dates[-1]))
    _stay_rates(chain, words)
    counts = chained_counts(chain)
    _up_or_down(chain, counts, words)
    if _same_pattern(chain, words):
        long_run_section(chain, counts, words)


def _stay_rates(chain: Chain, words: Words) -> None:
    stays = stay_shares(chain.states, chain.count)
    shares = pd.DataFrame(
        [
            {"label": name, "share": stay.value, "low": stay.interval[0], "high": stay.interval[1]}
            | {"note": _note(stay, words)}
            for name, stay in zip(chain.names, stays, strict=True)
            if stay.whole
        ],
        columns=["label", "share", "low", "high", "note"],
    )
    draw(intervals_chart(shares, words, frame.is_dark()), words)
    st.caption(words("movement.steady.hint"))


def _note(stay: Share, words: Words) -> str:
    low, high = (words.percent(end) for end in stay.interval)
    return words("movement.steady.note", share=words.percent(stay.value), low=low, high=high, n=stay.whole)


def _up_or_down(chain: Chain, counts: Counts, words: Words) -> None:
    ups, downs = ups_and_downs(counts)
    found = symmetry(counts)
    if not found.freedom:
        st.markdown(words("movement.steady.no_moves"))
        return
    way = "even" if found.p >= SURE else "down" if downs > ups else "up"
    st.markdown(words(f"movement.steady.{way}", ups=ups, downs=downs))
    st.caption(_test(found, "bowker", words))
    sizes = same_sizes(counts)
    key = "sizes_same" if sizes.p >= SURE else "sizes_changed"
    st.markdown(words(f"movement.steady.{key}", sizes=_sizes(chain, words)))
    st.caption(_test(sizes, "sizes", words))
    st.caption(words("movement.steady.mobility", mobility=words.number(mobility(counts), 2)))


def _sizes(chain: Chain, words: Words) -> str:
    """Customers of each tier at the first and the last date, newcomers and leavers included."""
    before, after = ((chain.states[end][:, None] == np.arange(chain.count)).sum(axis=0) for end in (0, -1))
    parts = zip(chain.names, before, after, strict=True)
    return words("strategy.names.between").join(
        f"{frame.plain(name)} {words.number(int(was))} → {words.number(int(now))}" for name, was, now in parts
    )


def _same_pattern(chain: Chain, words: Words) -> bool:
    """Say whether both halves show the same pattern; true where it may be carried on."""
    steps = len(chain.dates) - 1
    if steps < LEAST_STEPS:
        st.markdown(words("movement.steady.one_step"))
        return False
    middle = steps // 2
    found = homogeneity(chained_counts(chain, 0, middle), chained_counts(chain, middle))
    if not found.freedom:
        st.markdown(words("movement.steady.too_few"))
        return False
    st.markdown(words(f"movement.steady.{'same' if found.p >= SURE else 'changed'}", day=chain.dates[middle]))
    st.caption(_test(found, "rows", words))
    return found.p >= SURE


def _test(found: ChiSquared, name: str, words: Words) -> str:
    figures = {"statistic": words.number(found.statistic, 2), "freedom": found.freedom, "p": words.number(found.p, 3)}
    return words(f"movement.steady.test_{name}", **figures)


def long_run_section(chain: Chain, counts: Counts, words: Words) -> None:
    """Draw what the moves counted say of the next review and after, for customers who go on ordering."""
    sizes = np.bincount(chain.states[-1].astype(np.intp), minlength=chain.count)[: chain.count]
    st.subheader(words("movement.long_run.title"), anchor=False)
    rows = _rows(chain.names, sizes, counts, words)
    labels = {name: words(f"movement.long_run.{name}") for name in map(str, rows)}
    drill_down.table("long-run", rows, labels, None)
    st.caption(words("movement.long_run.hint"))
    few = [name for name, seen in zip(chain.names, counts.sum(axis=1), strict=True) if seen < FEW_MOVES]
    if few:
        st.caption(words("movement.long_run.few", tiers=words("movement.long_run.and").join(few), least=FEW_MOVES))


def _rows(names: tuple[str, ...], sizes: Counts, counts: Counts, words: Words) -> pd.DataFrame:
    after, error = next_sizes(sizes, counts)
    lasting, until = steady_state(counts), reviews_until(counts)
    steps = range(len(names))
    return pd.DataFrame(
        {
            "tier": names,
            "now": sizes,
            "next": [
                words("movement.long_run.spread", n=words.number(n), error=words.number(Z95 * e))
                for n, e in zip(after, error, strict=True)
            ],
            "lasting": ["–" if np.isnan(share) else words.percent(share) for share in lasting],
            "rise": [_reviews(until[at, at - 1], words) if at else "" for at in steps],
            "fall": [_reviews(until[at, at + 1], words) if at + 1 < len(names) else "" for at in steps],
        }
    )


def _reviews(number: float, words: Words) -> str:
    """So many quarterly reviews, in years too."""
    if not np.isfinite(number):
        return "–"
    return words("movement.long_run.reviews", n=words.number(number), years=words.number(number / A_YEAR, 1))
