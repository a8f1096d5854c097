"""Telling how far a long piece of writing is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Progress = Callable[[float], None]
Step = TypeVar("Step")


def steps(whole: Sequence[Step], progress: Progress | None) -> Iterator[Step]:
    """The steps in turn; after each, ``progress`` hears the share of them that is done, 0..1."""
    for number, step in enumerate(whole, start=1):
        yield step
        if progress is not None:
            progress(number / len(whole))
