"""Uploads come in where a page asks for them, under ids the server gave, as many bytes as there is room for."""

from __future__ import annotations

import pytest

from tiering.ui.server import uploads
from tiering.ui.server.uploads import AT_ONCE, FRAMING, MOST_IDS, OF_A_SESSION, OF_ALL, Refusal, Refused, Uploads

HELD: dict[str | None, int] = {}


@pytest.fixture
def room() -> Uploads:
    HELD.clear()
    made = Uploads(lambda session: sum(HELD.values()) if session is None else HELD.get(session, 0))
    for session in "abcde":
        made.given(session, [f"{session}{n}" for n in range(5)])
        made.shown(session, OF_A_SESSION)
    return made


def refusal(room: Uploads, session: str, file: str, size: int | None) -> Refusal:
    with pytest.raises(Refused) as told, room.taken(session, file, size):
        pass
    return told.value.reason


def test_a_file_a_page_asked_for_comes_in(room):
    with room.taken("a", "a0", 10):
        pass
    with room.taken("a", "a0", 10):  # the room of the first is free again
        pass


def test_a_session_whose_page_takes_no_files_gets_none(room):
    room.shown("a", 0)
    assert refusal(room, "a", "a0", 10) == Refusal.NOT_ASKED_FOR
    assert refusal(room, "nobody", "a0", 10) == Refusal.NOT_ASKED_FOR


def test_only_ids_the_server_gave_this_session_are_taken(room):
    assert refusal(room, "a", "made-up", 10) == Refusal.NOT_ASKED_FOR
    assert refusal(room, "a", "b0", 10) == Refusal.NOT_ASKED_FOR


def test_asking_for_ids_without_end_costs_no_memory(room):
    for n in range(10):
        room.given("a", [f"new{n}-{k}" for k in range(MOST_IDS)])
    assert len(room._ids["a"]) == MOST_IDS


def test_one_id_takes_one_file_at_a_time(room):
    with room.taken("a", "a0", 10):
        assert refusal(room, "a", "a0", 10) == Refusal.NOT_ASKED_FOR


def test_a_file_larger_than_its_place_is_refused_before_its_first_byte(room):
    room.shown("a", 100)
    assert refusal(room, "a", "a0", 100 + FRAMING + 1) == Refusal.TOO_LARGE
    assert refusal(room, "a", "a0", None) == Refusal.NO_LENGTH


def test_a_session_has_a_budget_of_what_it_holds_and_what_is_on_its_way(room):
    HELD["a"] = OF_A_SESSION - 100
    with room.taken("a", "a0", 60):
        assert refusal(room, "a", "a1", 41) == Refusal.BUSY
        assert room.was_busy("a")
        with room.taken("b", "b0", 41):
            pass
    with room.taken("a", "a1", 41):
        assert not room.was_busy("a")


def test_all_sessions_together_have_a_budget(room):
    HELD.update({"a": OF_ALL // 2, "b": OF_ALL // 2 - 100})
    assert refusal(room, "c", "c0", 101) == Refusal.BUSY
    del HELD["b"]
    with room.taken("c", "c0", 101):
        pass


def test_no_more_than_a_few_files_come_at_once(room, monkeypatch):
    monkeypatch.setattr(uploads, "AT_ONCE", 2)
    assert AT_ONCE >= 2
    with room.taken("a", "a0", 1), room.taken("b", "b0", 1):
        assert refusal(room, "c", "c0", 1) == Refusal.BUSY


def test_room_is_free_again_when_a_transfer_breaks_off(room):
    with pytest.raises(ConnectionError), room.taken("a", "a0", OF_A_SESSION):
        raise ConnectionError
    with room.taken("a", "a0", OF_A_SESSION):
        pass


def test_nothing_is_kept_of_a_session_that_ended(room):
    HELD["a"] = OF_A_SESSION
    assert refusal(room, "a", "a0", 1) == Refusal.BUSY
    room.forget("a")
    assert not room.was_busy("a")
    assert refusal(room, "a", "a0", 1) == Refusal.NOT_ASKED_FOR
