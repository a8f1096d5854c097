"""Other computers: a code lets a device in, and an address that guesses is no longer listened to."""

from __future__ import annotations

import pytest

from tiering.ui.server import visitors
from tiering.ui.server.visitors import FORGET_SECONDS, MOST_ADMITTED, MOST_TRIES, Gate

NEAR, FAR = "192.168.1.4", "192.168.1.5"


@pytest.fixture
def gate(monkeypatch) -> Gate:
    monkeypatch.setenv(visitors.CODE, "ABC234")
    return Gate()


def test_the_code_lets_one_device_in_and_no_other(gate):
    assert gate.try_code(" abc234 ", "mine", NEAR, 0)
    assert gate.is_admitted("mine")
    assert not gate.is_admitted("another")


def test_without_a_code_on_the_screen_none_is_right(gate, monkeypatch):
    monkeypatch.delenv(visitors.CODE)
    assert not gate.try_code("", "mine", NEAR, 0)


def test_who_guesses_is_no_longer_listened_to_for_a_while(gate):
    for n in range(MOST_TRIES):
        assert not gate.try_code(f"WRONG{n}", f"device {n}", NEAR, 0)
    assert not gate.try_code("ABC234", "mine", NEAR, 1)
    assert gate.try_code("ABC234", "yours", FAR, 1)
    assert gate.try_code("ABC234", "mine", NEAR, FORGET_SECONDS + 1)


def test_devices_let_in_are_bounded(gate):
    for n in range(MOST_ADMITTED + 1):
        gate.try_code("ABC234", f"device {n}", NEAR, 0)
    assert not gate.is_admitted("device 0")
    assert gate.is_admitted(f"device {MOST_ADMITTED}")


@pytest.mark.parametrize(
    ("address", "own"), [("127.0.0.1", True), ("::1", True), ("::ffff:127.0.0.1", True), (FAR, False)]
)
def test_this_computer_is_known_by_its_addresses(address, own):
    assert visitors.is_this_computer(address) == own
    assert not visitors.is_this_computer("no address")


def test_another_computer_sees_the_ballot_alone_until_it_shows_the_code(monkeypatch, gate):
    asks = {visitors.HERE.decode(): FAR, visitors.DEVICE.decode(): "mine"}
    monkeypatch.setattr(visitors.st, "context", type("Asked", (), {"headers": asks}))
    monkeypatch.setattr(visitors, "GATE", gate)
    assert visitors.sees_ballot_only()
    gate.try_code("ABC234", "mine", FAR, 0)
    assert not visitors.sees_ballot_only()
    asks[visitors.HERE.decode()] = ""
    asks[visitors.DEVICE.decode()] = "the host's"
    assert not visitors.sees_ballot_only()
