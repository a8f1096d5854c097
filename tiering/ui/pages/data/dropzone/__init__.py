"""A place to drop files, in the user's words; Streamlit's own uploader carries them to the server, unseen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, TypedDict

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from tiering.ui.base import state
from tiering.ui.server import sessions
from tiering.ui.server.uploads import MEBIBYTE
from tiering.ui.studio import studio_asset
from tiering.words import Words

SENTENCES = ("drop", "receiving", "receiving_many", "received", "cancel", "wrong_type", "too_big", "one_only", "lost")


@dataclass(frozen=True)
class Accepted:
    """Which files are taken: endings without the dot, size of one file in MB, and whether several at once.

    ``pasted`` is what a table pasted into the page is called; empty where none is taken.
    """

    types: Sequence[str]
    most_mb: int
    many: bool = False
    pasted: str = ""


class ZonePayload(TypedDict):
    """What the zone shows and takes.

    ``native`` is the key of the uploader that carries the files: a new one means that the last files are dealt with.
    ``taken`` are the names of files the server holds. ``types`` are endings with the dot. ``sentences`` are templates,
    ``facts`` fill in what does not depend on a file.
    """

    locale: str
    native: str
    label: str
    choose: str
    hint: str
    types: list[str]
    most_mb: int
    many: bool
    pasted: str
    taken: list[str]
    sentences: dict[str, str]
    facts: dict[str, str]


def drop_zone(label: str, accepted: Accepted, words: Words, *, key: str) -> list[UploadedFile]:
    """Draw the zone and return the files that the server holds; once they are dealt with, call `empty` with the key."""
    native = native_key(key)
    sessions.show_place(accepted.most_mb * MEBIBYTE)
    # the class hook of the key is public; the script shows the uploader again where it cannot hand files to it
    st.html(f"<style>.st-key-{native}:not([data-shown]) {{ display: none; }}</style>")
    held: Any = st.file_uploader(
        label,
        type=list(accepted.types),
        accept_multiple_files=accepted.many,
        key=native,
        max_upload_size=accepted.most_mb,
    )
    taken = held if isinstance(held, list) else [held] if held else []
    payload = zone_payload(label, accepted, words, native=native, taken=[file.name for file in taken])
    _component()(key=f"zone-{key}", data=payload, on_cancelled_change=lambda: empty(key))
    return taken


def empty(key: str) -> None:
    """Start the zone anew and free the bytes that the server holds of its files."""
    held = state.widget_value(native_key(key))
    for file in held if isinstance(held, list) else [held] if held else []:
        _free(file)
    state.turn(key)


def native_key(key: str) -> str:
    """Key of the uploader behind the zone, and of its class hook."""
    return f"native-{state.rotate(key)}"


def zone_payload(label: str, accepted: Accepted, words: Words, *, native: str, taken: list[str]) -> ZonePayload:
    """Everything the browser needs, worded."""
    facts = {"types": words.listed([ending.upper() for ending in accepted.types]), "most": str(accepted.most_mb)}
    return {
        "locale": words.locale.tag,
        "native": native,
        "label": label,
        "choose": words("dropzone.choose_many" if accepted.many else "dropzone.choose"),
        "hint": words("dropzone.hint_many" if accepted.many else "dropzone.hint", **facts),
        "types": [f".{ending}" for ending in accepted.types],
        "most_mb": accepted.most_mb,
        "many": accepted.many,
        "pasted": accepted.pasted,
        "taken": taken,
        "sentences": {name: words(f"dropzone.{name}") for name in SENTENCES}
        | ({"lost": words("dropzone.busy")} if sessions.was_busy() else {}),
        "facts": facts,
    }


def zone_script() -> str:
    """One ES module: the studio's builders and theme, what is refused, then the zone."""
    shared = [studio_asset("js/dom.js"), studio_asset("js/theme.js")]
    return "\n".join([*shared, _asset("refusals.js"), _asset("native.js"), _asset("dropzone.js")])


def zone_styles() -> str:
    """The studio's tokens and the zone's own styles."""
    return studio_asset("tokens.css") + _asset("dropzone.css")


def zone_markup() -> str:
    """The skeleton that the script fills; holds no words."""
    return _asset("dropzone.html")


@cache
def _component() -> Callable[..., Any]:
    return st.components.v2.component(
        "tiering_dropzone", html=zone_markup(), css=zone_styles(), js=zone_script(), isolate_styles=True
    )


def _asset(path: str) -> str:
    return files(__name__).joinpath(path).read_text(encoding="utf-8")


def _free(file: UploadedFile) -> None:
    """A file leaves the server's memory by its delete button only; behind the zone nobody can press it."""
    context = get_script_run_ctx()
    remove = getattr(context.uploaded_file_mgr, "remove_file", None) if context else None
    if context and remove:
        remove(context.session_id, file.file_id)
