"""A scenario file is read apart from the server: by size, time and memory, and with the same answer as ever."""

from __future__ import annotations

import json
import threading
import time
from datetime import date

import pytest

from tiering.decision import reading
from tiering.decision.reading import MOST_MB, read_saved
from tiering.decision.saved import MOST_ENTRIES, Entry, Saved, saved_from_json, saved_to_json
from tiering.problems import DataProblem, Problem
from tiering.scenario import Cuts, Scenario

DECIDED = Saved(
    Scenario(name="2026 年方案", weights={"annual_revenue": 60}, cuts=Cuts(lines=(80.0, 50.0, 20.0))),
    log=(Entry(day=date(2026, 3, 1), verdict="accepted", subject="王强客户", reason="=1+1"),),
)


def problem_of(content: bytes) -> DataProblem:
    with pytest.raises(DataProblem) as told:
        read_saved(content)
    return told.value


def test_what_was_saved_comes_back_as_when_it_is_read_here():
    text = saved_to_json(DECIDED)
    assert read_saved(text.encode()) == saved_from_json(text) == DECIDED
    assert read_saved(b"\xef\xbb\xbf" + text.encode()) == DECIDED


def test_a_file_with_all_the_decisions_it_may_hold_is_read():
    entries = [
        Entry(day=date(2026, 3, 1), verdict="decided", subject=f"{n}" * 20, reason="说明" * 1000)
        for n in range(MOST_ENTRIES)
    ]
    full = Saved(DECIDED.scenario, log=tuple(entries))
    assert read_saved(saved_to_json(full).encode()) == full


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff\xfe", b"nonsense", b'{"weights": '])
def test_what_is_no_scenario_is_said_as_ever(content):
    assert problem_of(content).code == Problem.SCENARIO_NOT_JSON


def test_a_wrong_field_is_named_with_what_was_expected():
    problem = problem_of(b'{"window_months": 99}')
    assert problem.code == Problem.SCENARIO_NUMBER_RANGE
    assert problem.facts["where"] == "window_months"


def test_a_file_over_the_limit_is_refused_by_its_size_alone(monkeypatch):
    monkeypatch.setattr(reading, "run_worker", lambda *_: pytest.fail("nothing may be read"))
    problem = problem_of(bytes(MOST_MB * 1024 * 1024 + 1))
    assert (problem.code, problem.facts["limit"]) == (Problem.SCENARIO_TOO_BIG, MOST_MB)


@pytest.mark.parametrize("bomb", ["depth", "fields"])
def test_a_bomb_costs_the_server_nothing(bomb):
    """While the file is read, this process goes on counting as if nothing were the matter."""
    deep = b"[" * 200_000 + b"]" * 200_000
    wide = json.dumps({"weights": {f"unknown {n}": n for n in range(200_000)}}).encode()
    counted, done = [0], threading.Event()

    def count() -> None:
        while not done.is_set():
            counted[0] += 1
            time.sleep(0.001)

    counting = threading.Thread(target=count)
    before = time.process_time()
    counting.start()
    problem = problem_of(deep if bomb == "depth" else wide)
    done.set()
    counting.join()
    assert problem.code.startswith("scenario") or problem.code in (Problem.INDICATOR_UNKNOWN, Problem.TOO_SLOW)
    assert time.process_time() - before < 2.0
    assert counted[0] > 100
