"""The files of a drop, each with what it holds and a way to say otherwise or to put it away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import streamlit as st

from tiering.dataset import Role
from tiering.ui.base import state
from tiering.ui.base.frame import plain
from tiering.ui.base.source import Source
from tiering.ui.pages.data import upload
from tiering.words import Words

ROLES: tuple[Role, ...] = get_args(Role)


def source_list(sources: Sequence[Source], words: Words) -> None:
    """One line a file: its name, its rows, *This is …* and *Remove*."""
    st.markdown(f"**{words('receipt.files')}**")
    for source in sources:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            rows = 0 if source.reading.table is None else source.reading.table.num_rows
            st.markdown(plain(words("receipt.file", name=source.name, n=rows)), width="stretch")
            key = f"holds-{source.sha256[:12]}"
            st.selectbox(
                words("receipt.this_is"),
                ROLES,
                index=ROLES.index(source.mapping.role),
                format_func=lambda role: words(f"data.role.{role}"),
                key=key,
                label_visibility="collapsed",
                width=160,
                on_change=_say,
                args=(source, key),
            )
            st.button(
                words("data.remove"),
                key=f"put-away-{source.sha256[:12]}",
                type="tertiary",
                on_click=upload.decided_role,
                args=(source, None),
            )


def _say(source: Source, key: str) -> None:
    upload.decided_role(source, state.widget_value(key))
