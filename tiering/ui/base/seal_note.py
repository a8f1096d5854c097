"""What has changed since the loaded scenario was saved: same data, same tiers, and who stands elsewhere now."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from tiering.decision.saved import Seal
from tiering.decision.seal import MOST_MARKED, SealCheck, check_seal
from tiering.evaluate import Tiering, tier_names
from tiering.said.labels import customer_labels
from tiering.said.scheme_notes import seal_basis
from tiering.ui.base import cached, frame, state
from tiering.ui.base.cached import Shown
from tiering.ui.base.cached_schemes import tiering_at_its_date
from tiering.words import Words

MOST_LISTED = 500


def seal_note(words: Words) -> None:
    """Two answers in a sentence each, then the customers that differ."""
    loaded = state.choices().loaded
    if loaded is None:
        return
    if loaded.seal is None:
        st.caption(words("scenarios.seal.none"))
        return
    shown = cached.shown()
    tiering = tiering_at_its_date(shown, loaded.scenario)
    check = check_seal(loaded.seal, tiering, shown.dataset)
    st.markdown(frame.plain(answer(loaded.seal, check, words)))
    if check.rows.size:
        with st.expander(words("scenarios.seal.who", n=int(check.rows.size))):
            st.dataframe(frame.safe_table(changed_frame(shown, tiering, check, words)), hide_index=True)


def answer(seal: Seal, check: SealCheck, words: Words) -> str:
    """Same data? Same tiers? And if not, how many stand elsewhere, are new or are gone."""
    said = [
        seal_basis(seal, check.same_data, words),
        words(f"scenarios.seal.tiers_{'same' if check.same_tiers else 'other'}"),
    ]
    if not check.same_tiers:
        counts = {"n": int(check.rows.size), "new": check.new, "gone": check.gone}
        unlisted = "unlisted" if seal.customers > MOST_MARKED else "unmarked"
        said.append(
            words("scenarios.seal.counts", **counts) if check.is_listed else words(f"scenarios.seal.{unlisted}")
        )
    return words.sentences(said)


def changed_frame(shown: Shown, tiering: Tiering, check: SealCheck, words: Words) -> pd.DataFrame:
    """One row per customer in another tier: name, tier then, tier now, annual revenue."""
    rows = check.rows[:MOST_LISTED]
    unscored = words("tier.unscored")
    return pd.DataFrame(
        {
            words("movers.customer"): customer_labels(tiering.base.customers.iloc[rows]),
            words("scenarios.seal.then"): [name or unscored for name in check.before[:MOST_LISTED]],
            words("scenarios.seal.now"): [name or unscored for name in tier_names(tiering)[rows]],
            words("movers.revenue"): tiering.base.revenue[rows].round(2),
        }
    )
