"""A vote is blind until it is revealed, belongs to its host, and is forgotten in the end."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from tiering.decision.rooms import (
    LASTS_SECONDS,
    LONGEST_ALIAS,
    MOST_ROOMS,
    MOST_ROOMS_OF_ONE,
    MOST_VOTERS,
    MOST_VOTERS_OF_ONE,
    Party,
    Refusal,
    Refused,
    Rooms,
    Vote,
)

BALLOT = {"growth": "", "own:华东": "华东评分"}
LI, WANG = Vote("Li", {"growth": 80, "own:华东": 20}), Vote("Wang", {"growth": 10, "own:华东": 90})


@pytest.fixture
def rooms() -> Rooms:
    opened = Rooms()
    opened.open("ABC234", Party("host"), BALLOT, now=0)
    return opened


def refusal(action: Callable[[], object]) -> Refusal:
    with pytest.raises(Refused) as raised:
        action()
    return raised.value.reason


def test_before_the_reveal_nobody_not_even_the_host_sees_another_vote(rooms: Rooms) -> None:
    rooms.vote("ABC234", Party("li"), LI, now=1)
    rooms.vote("ABC234", Party("wang"), WANG, now=2)
    for person, own in (("li", LI), ("wang", WANG), ("host", None), ("stranger", None)):
        seen = rooms.view("ABC234", person, now=3)
        assert (seen.votes, seen.own, seen.revealed) == ((), own, False)
        assert seen.aliases == ("Li", "Wang")


def test_after_the_reveal_everybody_sees_all_votes(rooms: Rooms) -> None:
    rooms.vote("ABC234", Party("li"), LI, now=1)
    rooms.vote("ABC234", Party("wang"), WANG, now=2)
    rooms.reveal("ABC234", "host", now=3)
    assert rooms.view("ABC234", "wang", now=4).votes == (LI, WANG)


def test_a_vote_can_be_changed_until_the_reveal(rooms: Rooms) -> None:
    rooms.vote("ABC234", Party("li"), LI, now=1)
    rooms.vote("ABC234", Party("wang"), WANG, now=1)
    changed = Vote("Li", {"growth": 0, "own:华东": 5})
    rooms.vote("ABC234", Party("li"), changed, now=2)
    assert rooms.view("ABC234", "li", now=2).own == changed
    assert len(rooms.view("ABC234", "li", now=2).aliases) == 2
    rooms.reveal("ABC234", "host", now=3)
    assert refusal(lambda: rooms.vote("ABC234", Party("li"), LI, now=4)) == Refusal.REVEALED


def test_only_the_host_reveals_and_only_two_votes_or_more(rooms: Rooms) -> None:
    rooms.vote("ABC234", Party("li"), LI, now=1)
    assert refusal(lambda: rooms.reveal("ABC234", "li", now=2)) == Refusal.NOT_YOURS
    assert refusal(lambda: rooms.reveal("ABC234", "host", now=2)) == Refusal.TOO_FEW


def test_only_the_host_ends_a_vote_and_then_it_is_gone(rooms: Rooms) -> None:
    rooms.close("ABC234", "li")
    assert rooms.view("ABC234", "li", now=1).code == "ABC234"
    rooms.close("ABC234", "host")
    assert refusal(lambda: rooms.view("ABC234", "host", now=1)) == Refusal.NO_ROOM


def test_a_room_in_which_nothing_happens_is_forgotten(rooms: Rooms) -> None:
    rooms.vote("ABC234", Party("li"), LI, now=100)
    assert rooms.view("ABC234", "li", now=LASTS_SECONDS + 99).own == LI
    assert refusal(lambda: rooms.view("ABC234", "li", now=LASTS_SECONDS + 100)) == Refusal.NO_ROOM


def test_a_new_vote_of_the_same_host_ends_the_one_before(rooms: Rooms) -> None:
    rooms.open("XYZ789", Party("host"), BALLOT, now=1)
    assert refusal(lambda: rooms.view("ABC234", "host", now=1)) == Refusal.NO_ROOM


def test_there_are_only_so_many_rooms_and_voters(rooms: Rooms) -> None:
    for number in range(MOST_ROOMS - 1):
        rooms.open(f"ROOM{number}", Party(f"host {number}"), BALLOT, now=0)
    assert refusal(lambda: rooms.open("ONE2MANY", Party("late"), BALLOT, now=0)) == Refusal.TOO_MANY_ROOMS
    for number in range(MOST_VOTERS):
        rooms.vote("ABC234", Party(f"voter {number}"), Vote(f"V{number}", LI.weights), now=1)
    assert refusal(lambda: rooms.vote("ABC234", Party("late"), LI, now=1)) == Refusal.TOO_MANY_VOTERS
    rooms.vote("ABC234", Party("voter 7"), Vote("V7", WANG.weights), now=2)


def test_a_code_in_use_is_never_handed_to_another_host(rooms: Rooms) -> None:
    assert refusal(lambda: rooms.open("ABC234", Party("thief"), BALLOT, now=1)) == Refusal.TOO_MANY_ROOMS


@pytest.mark.parametrize(
    ("vote", "reason"),
    [
        (Vote("  ", {"growth": 1}), Refusal.NO_ALIAS),
        (Vote(" lI ", {"growth": 1}), Refusal.ALIAS_TAKEN),
        (Vote("Zhao", {"growth": 0}), Refusal.NOTHING_CHOSEN),
        (Vote("Zhao", {}), Refusal.NOTHING_CHOSEN),
        (Vote("Zhao", {"growth": 1, "password": 1}), Refusal.NOTHING_CHOSEN),
    ],
)
def test_a_vote_that_cannot_count_is_turned_away(rooms: Rooms, vote: Vote, reason: Refusal) -> None:
    rooms.vote("ABC234", Party("li"), LI, now=1)
    assert refusal(lambda: rooms.vote("ABC234", Party("zhao"), vote, now=2)) == reason


def test_weights_and_aliases_are_kept_within_their_bounds(rooms: Rooms) -> None:
    rooms.vote("ABC234", Party("li"), Vote("L" * 500, {"growth": 900, "own:华东": -5}), now=1)
    own = rooms.view("ABC234", "li", now=1).own
    assert own == Vote("L" * LONGEST_ALIAS, {"growth": 100, "own:华东": 0})


def test_a_vote_without_indicators_is_not_opened() -> None:
    assert refusal(lambda: Rooms().open("ABC234", Party("host"), {}, now=0)) == Refusal.NOTHING_CHOSEN


def test_votes_given_at_the_same_moment_are_all_counted(rooms: Rooms) -> None:
    def give(number: int) -> None:
        rooms.vote("ABC234", Party(f"voter {number}"), Vote(f"V{number}", LI.weights), now=1)

    threads = [threading.Thread(target=give, args=(number,)) for number in range(MOST_VOTERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(rooms.view("ABC234", "host", now=1).aliases) == MOST_VOTERS


def test_one_other_computer_opens_few_rooms_and_the_server_as_many_as_there_are() -> None:
    rooms = Rooms()
    for number in range(MOST_ROOMS_OF_ONE):
        rooms.open(f"FAR{number}", Party(f"far {number}", "192.168.1.4"), BALLOT, now=0)
    again = Party("far again", "192.168.1.4")
    assert refusal(lambda: rooms.open("FAR9", again, BALLOT, now=0)) == Refusal.TOO_MANY_HERE
    rooms.open("FAR9", Party("another", "192.168.1.5"), BALLOT, now=0)
    for number in range(MOST_ROOMS_OF_ONE + 1):
        rooms.open(f"NEAR{number}", Party(f"near {number}"), BALLOT, now=0)


def test_one_other_computer_fills_few_seats_and_may_change_what_it_gave(rooms: Rooms) -> None:
    def give(number: int, address: str) -> None:
        rooms.vote("ABC234", Party(f"{address} {number}", address), Vote(f"{address} {number}", LI.weights), now=1)

    for number in range(MOST_VOTERS_OF_ONE):
        give(number, "192.168.1.4")
    assert refusal(lambda: give(MOST_VOTERS_OF_ONE, "192.168.1.4")) == Refusal.TOO_MANY_HERE
    give(0, "192.168.1.4")
    give(0, "192.168.1.5")
    for number in range(MOST_VOTERS_OF_ONE + 1):
        give(number, "")
