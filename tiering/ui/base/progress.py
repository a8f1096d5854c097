"""Work that may take seconds, with a bar and a way to stop it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner import add_script_run_ctx

from tiering.words import Words

Answer = TypeVar("Answer")
AT_ONCE_SECONDS = 0.3  # what is done by then needs no bar
LOOK_SECONDS = 0.1


class Stopped(Exception):
    """Nobody waits for the work any more."""


class Job(Generic[Answer]):
    """Work on a thread of its own, which says how far it is and ends soon after it is stopped.

    ``work`` is given the job, to call `tell` with growing shares or to ask `is_stopped`.
    """

    def __init__(self, work: Callable[[Job[Answer]], Answer]) -> None:
        self.share = 0.0
        self._work = work
        self._answer: list[Answer] = []
        self._fault: BaseException | None = None
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        add_script_run_ctx(self._thread)  # what is looked up on the way belongs to this session

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def is_done_within(self, seconds: float) -> bool:
        """Whether it has ended, waiting so long for it."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def stop(self) -> None:
        """Ask it to end."""
        self._stopped.set()

    def is_stopped(self) -> bool:
        """Whether it was asked to end."""
        return self._stopped.is_set()

    def tell(self, share: float) -> None:
        """Say how much is done (0..1); here the work ends where it was stopped."""
        if self.is_stopped():
            raise Stopped
        self.share = min(max(share, 0.0), 1.0)

    def answer(self) -> Answer:
        """What it came to, once it has ended; raises whatever the work raised."""
        if self._fault is not None:
            raise self._fault
        return self._answer[0]

    def _run(self) -> None:
        try:
            self._answer.append(self._work(self))
        except BaseException as fault:  # handed to whoever waits
            self._fault = fault


def run_with_progress(
    work: Callable[[Job[Answer]], Answer], said: str, words: Words, cancel: Callable[[], None], key: str
) -> Answer:
    """What the work comes to; where it takes long, a bar with a button that ends it and calls ``cancel``.

    The press ends this run of the page, as every control does that is touched meanwhile, and the work with it.
    """
    job, place = Job(work), st.empty()
    job.start()
    try:
        if not job.is_done_within(AT_ONCE_SECONDS):
            with place.container(horizontal=True, vertical_alignment="center"):
                bar = st.progress(0.0, said)
                st.button(words("data.cancel"), on_click=cancel, key=key)
            _follow(job, bar, said)
    finally:
        job.stop()
    place.empty()
    return job.answer()


def _follow(job: Job[Answer], bar: DeltaGenerator, said: str) -> None:
    """Draw the bar until the work has ended; a press of a control is noticed wherever something is drawn."""
    while not job.is_done_within(LOOK_SECONDS):
        bar.progress(job.share, said)
