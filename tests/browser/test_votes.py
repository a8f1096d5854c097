"""Three people vote at once from their own devices: blind before the reveal, and without anybody's data."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, WebSocket, expect

from tests.browser.settling import WAIT

NAMES = ("Anna-7341", "Bert-5528", "Cora-9067")


class Phone:
    """A browser of its own, with everything the server ever sent to it."""

    def __init__(self, browser: Browser) -> None:
        self.context = browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB")
        self.page: Page = self.context.new_page()
        self.received: list[bytes] = []
        self.page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: self.received.append(_bytes(frame)))

    def got(self, text: str) -> bool:
        """Whether the server has sent this text to the phone."""
        return any(text.encode() in frame for frame in self.received)


def _bytes(frame: str | bytes) -> bytes:
    return frame.encode() if isinstance(frame, str) else frame


@pytest.fixture
def phones(browser: Browser) -> Iterator[list[Phone]]:
    held = [Phone(browser) for _ in NAMES]
    yield held
    for phone in held:
        phone.context.close()


def call_vote(host: Page, url: str, data: str) -> str:
    """The host loads own data and calls a vote; answers its code."""
    host.goto(f"{url}/data")
    host.locator('input[type="file"]').first.set_input_files(
        {"name": "secret.csv", "mimeType": "text/csv", "buffer": data.encode()}
    )
    host.wait_for_url(re.compile("/tiers"), timeout=WAIT)
    host.get_by_role("link", name="Scenarios").click()
    host.get_by_role("radio", name="Blind vote").click(timeout=WAIT)
    host.get_by_role("button", name="Start the vote").click(timeout=WAIT)
    address = host.locator("code").filter(has_text="/vote?room=").inner_text(timeout=WAIT)
    return address.rsplit("=", 1)[1]


def test_three_vote_by_code_once_a_device_and_see_no_other_vote_before_the_reveal_nor_any_data(server, window, phones):
    lines = [f"O{k},Hidden {k},2025-0{k}-10,{k}00" for k in range(1, 8)]
    code = call_vote(window, server.url, "\n".join(["Order ID,Customer ID,Order date,Amount", *lines]))
    for phone in phones:
        phone.page.goto(f"{server.url}/vote?room={code.lower()}")
    for phone, name in zip(phones, NAMES, strict=True):
        phone.page.get_by_role("textbox").fill(name)
        phone.page.get_by_role("slider").first.press("End" if name == NAMES[0] else "Home")
        phone.page.get_by_role("button", name="Send my vote").click()
    for phone, name in zip(phones, NAMES, strict=True):
        expect(phone.page.get_by_text(f"{name}, your vote is in")).to_be_visible(timeout=WAIT)
    expect(window.get_by_text("3 have voted")).to_be_visible(timeout=WAIT)
    again = phones[1].context.new_page()
    again.goto(f"{server.url}/vote?room={code}")
    expect(again.get_by_text(f"{NAMES[1]}, your vote is in")).to_be_visible(timeout=WAIT)
    again.get_by_role("button", name="Change my vote").click()
    expect(again.get_by_text("3 have voted")).to_be_visible(timeout=WAIT)
    for phone, name in zip(phones, NAMES, strict=True):
        assert not any(phone.got(other) for other in NAMES if other != name)
    expect(window.get_by_text("Share of the weight")).to_have_count(0)

    window.get_by_role("button", name="Reveal").click()
    expect(window.get_by_text("3 votes.")).to_be_visible(timeout=WAIT)
    for phone in phones:
        expect(phone.page.get_by_text("The votes are revealed: 3 in all.")).to_be_visible(timeout=WAIT)
        assert not phone.got("Hidden")
        assert not phone.got("secret.csv")


def test_the_presentation_turns_by_arrow_keys_leaves_by_escape_and_hides_names(server, window):
    window.goto(f"{server.url}/scenarios")
    window.get_by_role("radio", name="Workshop").click(timeout=WAIT)
    window.get_by_text("Mask customer names").click(timeout=WAIT)
    expect(window.get_by_role("switch", name="Mask customer names")).to_be_checked(timeout=WAIT)
    window.get_by_role("button", name="Present", exact=True).click(timeout=WAIT)
    screen = window.locator("dialog[data-part=screen]")
    count = screen.locator("[data-part=count]")
    expect(count).to_have_text(re.compile(r"^1 / \d+$"))
    for _ in range(3):
        window.keyboard.press("ArrowRight")
    expect(count).to_have_text(re.compile(r"^4 / "))
    expect(screen.get_by_text("Customer 0001")).to_be_visible(timeout=WAIT)
    assert "Co., Ltd." not in screen.inner_text()
    window.keyboard.press("ArrowLeft")
    expect(count).to_have_text(re.compile(r"^3 / "))
    window.keyboard.press("Escape")
    expect(screen).not_to_be_visible()
