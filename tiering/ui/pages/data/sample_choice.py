"""The sample sets, each one click away."""

from __future__ import annotations

import streamlit as st

from sample_data import SETS
from tiering.ui.base import cached, state
from tiering.words import Words


def sample_choice(words: Words) -> None:
    """One button per sample set; the one in use is marked."""
    st.subheader(words("data.samples"), anchor=False)
    st.caption(words("data.samples_hint"))
    with st.container(horizontal=True):
        for key in SETS:
            _sample(key, words)


def _sample(key: str, words: Words) -> None:
    in_use = state.choices().dataset is None and state.choices().sample == key
    sample = cached.sample_dataset(key, words.language)
    customers = sample.customers.num_rows if sample.customers is not None else 0
    label = words("data.sample_button", name=words(f"sample.{key}"), n=customers)
    st.button(
        label, key=f"sample-{key}", on_click=state.open_sample, args=(key,), type="primary" if in_use else "secondary"
    )
