"""How the caller of a long run follows it and stops it."""

from __future__ import annotations

from collections.abc import Callable

from tiering.problems import DataProblem, Problem


class Watch:
    """``progress`` is told growing shares up to 1, ``cancelled`` asked again and again, both in the caller's thread."""

    def __init__(self, progress: Callable[[float], None] | None, cancelled: Callable[[], bool] | None) -> None:
        self._progress = progress
        self._cancelled = cancelled
        self._told = 0.0

    def tell(self, share: float) -> None:
        """Pass the share done on, if it has grown."""
        if self._progress and share > self._told:
            self._progress(share)
            self._told = share

    def ensure_wanted(self) -> None:
        """Raise DataProblem CANCELLED when the caller no longer wants the answer."""
        if self._cancelled and self._cancelled():
            raise DataProblem(Problem.CANCELLED)
