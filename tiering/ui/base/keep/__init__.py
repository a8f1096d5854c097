"""What outlives a page refresh: a session's choices and data, in a private folder under a secret of the browser tab."""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from tiering.ui.base.keep import files
from tiering.ui.base.keep.vault import Vault, is_token, new_token
from tiering.ui.base.keep.writer import Writer

__all__ = ["forget", "is_token", "new_token", "note", "take_over"]


def note(token: str, choices: Any) -> None:
    """Keep the choices under a token; costs nothing now, they are written a moment later."""
    context = get_script_run_ctx()
    if context is not None:
        writer = _writer()
        writer.note(token, context.session_id, choices)
        for left in [one for one in writer.leaving if not _is_alive(one)]:
            writer.leaving.discard(left)
            _end(left, context.session_id)


def take_over(found: object, own: str, kind: type) -> tuple[str, Any] | None:
    """What a tab left under its token → the token to go on with and the choices; None where nothing is kept.

    The session that left it is ended and its memory freed. Where it lives on, the tab was duplicated: then this one
    goes on with a copy under its own token.
    """
    context = get_script_run_ctx()
    if context is None or not isinstance(found, str) or not is_token(found):
        return None
    writer = _writer()
    writer.flush(found)
    taken = writer.vault.take_over(found, context.session_id)
    choices = None if taken is None else files.load(taken[0], kind)
    if taken is None or choices is None:
        return None
    folder, before = taken
    if before != context.session_id and _is_alive(before):
        writer.vault.copy(folder, own, context.session_id)
        return own, choices
    _end(before, context.session_id)
    return found, choices


def forget(token: str) -> None:
    """Remove what is kept under a token; this session is ended as soon as its browser has left it."""
    _writer().forget(token)
    context = get_script_run_ctx()
    if context is not None:
        _writer().leaving.add(context.session_id)


@st.cache_resource(show_spinner=False)
def _writer() -> Writer:
    return Writer(Vault(_is_alive), files.save)


def _is_alive(session: str) -> bool:
    return runtime.exists() and runtime.get_instance().is_active_session(session)


def _end(session: str, own: str) -> None:
    """The server would hold a session that lost its browser, and its data, for two more minutes."""
    if session == own or not runtime.exists():
        return
    close = getattr(runtime.get_instance(), "clear_user_info_for_session", None)
    if close is not None:
        close(session)
        _writer().free_soon()
