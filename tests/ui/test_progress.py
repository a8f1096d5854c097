"""Work that may take seconds: it hands over what it came to, and ends when nobody waits any more."""

from __future__ import annotations

import pytest

from tests.ui.conftest import customers_of
from tiering.ingest import propose_merges
from tiering.problems import DataProblem, Problem
from tiering.ui.base.progress import Job, Stopped

LONG = 60.0


def ended(job: Job[object]) -> Job[object]:
    job.start()
    assert job.is_done_within(LONG)
    return job


def test_a_job_hands_over_its_answer_and_how_far_it_came() -> None:
    def work(job: Job[object]) -> object:
        job.tell(0.5)
        return "done"

    job = ended(Job(work))
    assert (job.answer(), job.share) == ("done", 0.5)


def test_a_problem_reaches_who_waits() -> None:
    def work(job: Job[object]) -> object:
        raise DataProblem(Problem.EMPTY)

    with pytest.raises(DataProblem) as told:
        ended(Job(work)).answer()
    assert told.value.code is Problem.EMPTY


def test_a_stopped_job_ends_at_the_next_share_it_tells() -> None:
    def work(job: Job[object]) -> object:
        while True:
            job.tell(0.1)

    job: Job[object] = Job(work)
    job.start()
    job.stop()
    assert job.is_done_within(LONG)
    with pytest.raises(Stopped):
        job.answer()


def test_the_search_for_names_can_be_stopped() -> None:
    job: Job[object] = Job(lambda job: propose_merges(customers_of(3), job.tell))
    job.stop()
    with pytest.raises(Stopped):
        ended(job).answer()
