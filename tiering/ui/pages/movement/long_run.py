"""Where the pattern of moves leads: tier sizes at the next review and in the long run, and how long a way takes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from tiering.movement.chain import Chain
from tiering.movement.intervals import Z95
from tiering.movement.long_run import next_sizes, reviews_until, steady_state
from tiering.movement.migration import Counts
from tiering.ui.base import drill_down
from tiering.words import Words

A_YEAR = 4  # reviews
FEW_MOVES = 30  # moves of a tier that were seen, below which its rates are a guess


def section(chain: Chain, counts: Counts, words: Words) -> None:
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
