"""The way in: names it answers to, pages it answers from, what is closed, and what every answer says."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from streamlit import config

from tiering.ui.server import visitors
from tiering.ui.server.uploads import Refused, Uploads

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

CLOSED = re.compile(r"^/+_stcore/+(metrics|script-health-check|agent)(/|$)")
UPLOAD = re.compile(r"^/_stcore/upload_file/([^/]+)/([^/]+)$")
BALLOT = re.compile(r"^/(vote(/|$)|static/|_stcore/(health|host-config|stream|bidi-components/)|favicon|index\.html|$)")
LARGEST_MESSAGE = 12 * 1024 * 1024  # of a browser's websocket: a pasted table and the state of all controls
SAFE = ("GET", "HEAD", "OPTIONS")
FORBIDDEN, NOT_FOUND, MISDIRECTED = 403, 404, 421
POLICY_VIOLATED, TOO_BIG = 1008, 1009


class Admission:
    """Looks at every request before Streamlit does; ``uploads`` is asked for each file that comes in."""

    def __init__(self, app: Any, uploads: Uploads) -> None:
        self._app = app
        self._uploads = uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or answer it here."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        refusal = refusal_of(scope)
        if refusal:
            await _refuse(scope, send, refusal)
            return
        device = device_of(scope)
        scope["headers"] = list(_marked(scope, device))
        if scope["type"] == "websocket":
            await self._app(scope, _bounded(receive), send)
        else:
            await self._http(scope, receive, _saying(scope, send, device))

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        upload = UPLOAD.match(scope["path"]) if scope["method"] == "PUT" else None
        if upload is None:
            await self._app(scope, receive, send)
            return
        length = header(scope, b"content-length")
        try:
            with self._uploads.taken(upload[1], upload[2], int(length) if length.isdigit() else None):
                await self._app(scope, receive, send)
        except Refused as refused:
            await _refuse(scope, send, int(refused.reason))


def refusal_of(scope: Scope) -> int:
    """Status with which a request is turned away; 0 for one that may come in.

    421: another name than those of ``server.allowedHosts`` (a page elsewhere whose name was turned to this address);
    403: sent by a page from elsewhere, or asked by another computer for more than it may see; 404: closed.
    """
    host = header(scope, b"host")
    allowed = {name.lower() for name in config.get_option("server.allowedHosts")}
    if visitors.host_name(host) not in allowed:
        return MISDIRECTED
    origin = header(scope, b"origin")
    if (
        origin
        and (scope["type"] == "websocket" or scope["method"] not in SAFE)
        and urlsplit(origin).netloc.lower() != host.lower()
    ):
        return FORBIDDEN
    if CLOSED.match(scope["path"]):
        return NOT_FOUND
    if not is_here(scope) and not visitors.may_see_all() and not BALLOT.match(scope["path"]):
        return FORBIDDEN
    return 0


def is_here(scope: Scope) -> bool:
    """Whether this computer itself asks."""
    client = scope.get("client")
    return client is not None and visitors.is_this_computer(client[0])


def device_of(scope: Scope) -> str:
    """The mark this server gave the asking device, a new one where it has none."""
    try:
        found = SimpleCookie(header(scope, b"cookie")).get(visitors.COOKIE)
    except CookieError:
        found = None
    return found.value if found is not None and visitors.is_device(found.value) else visitors.new_device()


def header(scope: Scope, name: bytes) -> str:
    """The one value of a header; empty where it is missing or said twice."""
    values = [value for key, value in scope["headers"] if key.lower() == name]
    return values[0].decode("latin-1") if len(values) == 1 else ""


def said_by_every_answer(host: str) -> Headers:
    """Headers of an answer: nothing is guessed, framed, or loaded from elsewhere.

    Streamlit's pages need inline styles and scripts made at run time; what they may not do is to fetch from any other
    place than this server, or to send there.
    """
    own = f"'self' ws://{host} wss://{host}"
    policy = (
        "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; "
        f"connect-src {own} data: blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    )
    return [
        (b"content-security-policy", policy.encode("latin-1")),
        (b"x-content-type-options", b"nosniff"),
        (b"x-frame-options", b"SAMEORIGIN"),
        (b"referrer-policy", b"same-origin"),
        (b"cross-origin-opener-policy", b"same-origin"),
    ]


def _marked(scope: Scope, device: str) -> Iterator[tuple[bytes, bytes]]:
    yield from ((key, value) for key, value in scope["headers"] if key.lower() not in (visitors.HERE, visitors.DEVICE))
    client = scope.get("client")
    yield visitors.HERE, b"" if is_here(scope) else str(client[0] if client else "?").encode("latin-1")
    yield visitors.DEVICE, device.encode("ascii")


def _saying(scope: Scope, send: Send, device: str) -> Send:
    known = device in header(scope, b"cookie")

    async def said(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            own = said_by_every_answer(header(scope, b"host"))
            names = {name for name, _ in own}
            kept = [(key, value) for key, value in message.get("headers", ()) if key.lower() not in names]
            if not known:
                cookie = f"{visitors.COOKIE}={device}; Path=/; HttpOnly; SameSite=Strict"
                own.append((b"set-cookie", cookie.encode("ascii")))
            message["headers"] = [*kept, *own]
        await send(message)

    return said


def _bounded(receive: Receive) -> Receive:
    async def received() -> MutableMapping[str, Any]:
        message = await receive()
        if message["type"] == "websocket.receive" and len(message.get("bytes") or b"") > LARGEST_MESSAGE:
            return {"type": "websocket.disconnect", "code": TOO_BIG}
        return message

    return received


async def _refuse(scope: Scope, send: Send, status: int) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": POLICY_VIOLATED})
        return
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
