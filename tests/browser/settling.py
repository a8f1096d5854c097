"""When a window has settled: told by what it asked the server and what the server answered, not by a pause."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from playwright.sync_api import Page, WebSocket, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

WAIT = 30_000
RELEASE = 300  # longer than the studio waits before it counts keys as released
STEP = 50
_PAINTED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"


class Talk:
    """What one window and its server have said: runs asked for and not answered yet."""

    def __init__(self, page: Page) -> None:
        self.waits = False
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framesent", self._asks)
        socket.on("framereceived", self._answers)
        socket.on("close", lambda _: self._rests())

    def _asks(self, frame: bytes | str) -> None:
        if isinstance(frame, bytes) and BackMsg.FromString(frame).WhichOneof("type") == "rerun_script":
            self.waits = True

    def _answers(self, frame: bytes | str) -> None:
        if isinstance(frame, bytes):
            said = ForwardMsg.FromString(frame)
            ended = said.WhichOneof("type") == "script_finished"
            if ended and said.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                self.waits = False

    def _rests(self) -> None:
        self.waits = False


_TALKS: WeakKeyDictionary[Page, Talk] = WeakKeyDictionary()


def heard(page: Page) -> Page:
    """Listen to a window from before its first page on, so that ``settled`` can tell."""
    _TALKS[page] = Talk(page)
    return page


def settled(window: Page) -> None:
    """Wait until every run the window has asked for is answered and painted."""
    talk = _TALKS[window]
    window.wait_for_timeout(RELEASE)
    left = WAIT
    while talk.waits and left > 0:
        window.wait_for_timeout(STEP)
        left -= STEP
    window.evaluate(_PAINTED)
    state = window.locator('[data-testid="stApp"]')
    expect(state).to_have_attribute("data-test-script-state", "notRunning", timeout=WAIT)
    window.evaluate(_PAINTED)
