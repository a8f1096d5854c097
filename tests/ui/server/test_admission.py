"""The way in: other names, pages from elsewhere, closed addresses and other computers are turned away."""

from __future__ import annotations

import asyncio

import pytest
from streamlit import config

from tiering.ui.server import visitors
from tiering.ui.server.admission import LARGEST_MESSAGE, Admission, refusal_of, said_by_every_answer
from tiering.ui.server.uploads import Uploads

HOST = "localhost:8501"
ELSEWHERE = "192.168.1.44"


@pytest.fixture(autouse=True)
def settings(monkeypatch):
    monkeypatch.setattr(config, "get_option", {"server.allowedHosts": ["localhost", "127.0.0.1", "::1"]}.get)
    monkeypatch.delenv(visitors.LAN, raising=False)


def asked(path="/", method="GET", kind="http", client="127.0.0.1", **headers):
    given = {"host": HOST, **headers}
    return {
        "type": kind,
        "path": path,
        "method": method,
        "client": (client, 50000),
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in given.items()],
    }


def through(scope, messages=(), uploads=None):
    """What a request comes to: messages sent back, and the scope and messages the app behind saw."""
    sent, seen = [], []

    async def app(inner, receive, send):
        seen.append(inner)
        if inner["type"] == "websocket":
            seen.append(await receive())
            return
        await send({"type": "http.response.start", "status": 200, "headers": [(b"x-frame-options", b"ALLOWALL")]})

    waiting = list(messages)

    async def receive():
        return waiting.pop(0)

    async def send(message):
        sent.append(message)

    way_in = Admission(app, uploads or Uploads(lambda _: 0))
    asyncio.run(way_in(scope, receive, send))
    return sent, seen


@pytest.mark.parametrize("host", [HOST, "127.0.0.1:8501", "[::1]:8501", "LOCALHOST", "localhost."])
def test_the_names_of_this_computer_are_answered(host):
    assert refusal_of(asked(host=host)) == 0


@pytest.mark.parametrize(
    "host",
    [
        "attacker.example",
        "localhost.attacker.example",
        "127.0.0.1.nip.io",
        "a@localhost",
        "localhost/x",
        "",
        "localhost:x",
    ],
)
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_a_name_turned_to_this_address_is_not(host, kind):
    assert refusal_of(asked(host=host, kind=kind)) == 421


def test_a_request_with_two_hosts_is_not_answered():
    scope = asked()
    scope["headers"].append((b"host", b"attacker.example"))
    assert refusal_of(scope) == 421


@pytest.mark.parametrize(
    ("method", "kind"), [("PUT", "http"), ("POST", "http"), ("DELETE", "http"), ("GET", "websocket")]
)
@pytest.mark.parametrize("origin", ["http://attacker.example", "null", "http://localhost:9999", "http://localhost"])
def test_a_page_from_elsewhere_can_send_nothing(method, kind, origin):
    assert refusal_of(asked("/_stcore/stream", method, kind, origin=origin)) == 403
    assert refusal_of(asked("/_stcore/stream", method, kind, origin=f"http://{HOST}")) == 0


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/metrics/", "//_stcore/metrics", "/_stcore/agent/mcp"])
def test_what_tells_of_the_server_is_closed(path):
    assert refusal_of(asked(path)) == 404


@pytest.mark.parametrize("path", ["/vote", "/static/js/index.js", "/_stcore/stream", "/_stcore/health", "/"])
def test_other_computers_reach_the_ballot(path):
    assert refusal_of(asked(path, client=ELSEWHERE)) == 0


@pytest.mark.parametrize("path", ["/tiers", "/data", "/media/abc.csv", "/_stcore/upload_file/a/b", "/votes"])
def test_other_computers_reach_nothing_else_unless_the_host_says_so(path, monkeypatch):
    assert refusal_of(asked(path, client=ELSEWHERE)) == 403
    monkeypatch.setenv(visitors.LAN, "all")
    assert refusal_of(asked(path, client=ELSEWHERE)) == 0


def test_every_answer_says_what_a_browser_may_do_with_it():
    sent, _ = through(asked())
    headers = dict(sent[0]["headers"])
    assert headers[b"x-content-type-options"] == b"nosniff"
    assert headers[b"x-frame-options"] == b"SAMEORIGIN"
    assert headers[b"referrer-policy"] == b"same-origin"
    policy = headers[b"content-security-policy"].decode()
    assert "frame-ancestors 'self'" in policy
    assert "http:" not in policy
    assert "https:" not in policy
    assert b"HttpOnly; SameSite=Strict" in headers[b"set-cookie"]


def test_a_remote_picture_is_not_allowed_by_any_rule():
    policy = dict(said_by_every_answer(HOST))[b"content-security-policy"].decode()
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert "img-src" not in rules
    assert "*" not in policy
    assert set(rules["default-src"].split()) == {"'self'", "'unsafe-inline'", "'unsafe-eval'", "data:", "blob:"}


def test_a_refused_request_never_reaches_the_app():
    for kind in ("http", "websocket"):
        sent, seen = through(asked(kind=kind, host="attacker.example"))
        assert seen == []
        assert sent[0].get("status", sent[0].get("code")) in (421, 1008)


def test_who_asks_is_what_was_seen_and_not_what_is_claimed():
    _, seen = through(asked(client=ELSEWHERE, path="/vote", x_tiering_from="", x_tiering_device="mine"))
    headers = seen[0]["headers"]
    assert [value for name, value in headers if name == visitors.HERE] == [ELSEWHERE.encode()]
    (device,) = (value.decode() for name, value in headers if name == visitors.DEVICE)
    assert visitors.is_device(device)


def test_a_device_keeps_its_mark_and_nobody_can_make_one():
    mark = visitors.new_device()
    sent, seen = through(asked(cookie=f"{visitors.COOKIE}={mark}"))
    assert (visitors.DEVICE, mark.encode()) in seen[0]["headers"]
    assert b"set-cookie" not in dict(sent[0]["headers"])
    forged = mark[:-1] + ("0" if mark[-1] != "0" else "1")
    assert not visitors.is_device(forged)
    _, seen = through(asked(cookie=f"{visitors.COOKIE}={forged}"))
    assert (visitors.DEVICE, forged.encode()) not in seen[0]["headers"]


def test_a_message_too_large_to_be_a_control_ends_the_connection():
    scope = asked("/_stcore/stream", kind="websocket")
    _, seen = through(scope, [{"type": "websocket.receive", "bytes": bytes(LARGEST_MESSAGE + 1)}])
    assert seen[1]["type"] == "websocket.disconnect"
    _, seen = through(asked("/_stcore/stream", kind="websocket"), [{"type": "websocket.receive", "bytes": b"small"}])
    assert seen[1]["bytes"] == b"small"


def test_an_upload_nobody_asked_for_is_refused_before_its_body_is_read():
    sent, seen = through(asked("/_stcore/upload_file/session/file", "PUT", content_length="10"))
    assert (sent[0]["status"], seen) == (403, [])
    room = Uploads(lambda _: 0)
    room.given("session", ["file"])
    room.shown("session", 100)
    sent, seen = through(asked("/_stcore/upload_file/session/file", "PUT", content_length="10"), uploads=room)
    assert (sent[0]["status"], len(seen)) == (200, 1)
    sent, seen = through(asked("/_stcore/upload_file/session/file", "PUT"), uploads=room)
    assert (sent[0]["status"], seen) == (411, [])
