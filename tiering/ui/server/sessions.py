"""Sessions as the server keeps them: uploads of each are counted, and what an ended one held is given back soon."""

from __future__ import annotations

import asyncio
import threading
import webbrowser
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any

from starlette.middleware import Middleware
from streamlit import config, runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from tiering.scratch import remove_left_behind
from tiering.ui.base.keep.writer import give_back
from tiering.ui.server.admission import Admission
from tiering.ui.server.uploads import Uploads

LOOK_SECONDS = 5.0


def held_bytes(session: str | None) -> int:
    """Bytes of files that the server holds of a session, of all with None."""
    if not runtime.exists():
        return 0
    manager: Any = runtime.get_instance().uploaded_file_mgr
    stored = manager.file_storage
    of = [stored.get(session, {})] if session else list(stored.values())
    return sum(len(file.data) for files in of for file in list(files.values()))


UPLOADS = Uploads(held_bytes)
_RUN = threading.local()  # a page runs in a thread of its own


def middleware() -> list[Middleware]:
    """What every request goes through first."""
    return [Middleware(Admission, uploads=UPLOADS)]


@contextmanager
def places() -> Iterator[None]:
    """A whole run of a page: once it ends, the session has the places for files that were drawn on the way."""
    _RUN.most = 0
    yield
    _show(_RUN.most)


def show_place(most: int) -> None:
    """Note that the page of this session takes files of ``most`` bytes."""
    _RUN.most = max(getattr(_RUN, "most", 0), most)
    _show(_RUN.most)


def was_busy() -> bool:
    """Whether the last file of this session was turned away for want of room."""
    context = get_script_run_ctx()
    return context is not None and UPLOADS.was_busy(context.session_id)


def _show(most: int) -> None:
    context = get_script_run_ctx()
    if context is not None:
        UPLOADS.shown(context.session_id, most)


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """While the server runs: ids of files are noted as they are given, and ended sessions are looked after."""
    remove_left_behind()
    manager: Any = runtime.get_instance().uploaded_file_mgr
    give = manager.get_upload_urls

    def giving(session_id: str, file_names: Any) -> Any:
        urls = give(session_id, file_names)
        UPLOADS.given(session_id, [url.file_id for url in urls])
        return urls

    manager.get_upload_urls = giving
    watching = asyncio.create_task(_look_after_sessions())
    if not config.get_option("server.headless"):
        asyncio.get_running_loop().call_later(0.1, _open_browser)
    try:
        yield
    finally:
        watching.cancel()


def _open_browser() -> None:
    webbrowser.open(f"http://localhost:{config.get_option('server.port')}")


async def _look_after_sessions() -> None:
    """End sessions whose time without a browser is over; Streamlit itself ends them when the next one begins."""
    manager: Any = runtime.get_instance()._session_mgr
    known: set[str] = set()
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        for _, info in manager._session_storage._cache.expire():
            info.session.shutdown()
        living = {info.session.id for info in manager.list_sessions()}
        for ended in known - living:
            UPLOADS.forget(ended)
        if known - living:
            with suppress(RuntimeError):
                await asyncio.to_thread(give_back)
        known = living
