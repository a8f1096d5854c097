"""Whether what the command line asks for can be carried out, before anything long begins."""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any


class CannotRun(Exception):
    """The request itself cannot be carried out: a sentence's key and its facts."""

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key)
        self.key = key
        self.facts = facts


def ensure_paths(given: Sequence[Path], wanted: Sequence[Path]) -> None:
    """Check files to read and files to write.

    Raises
    ------
    CannotRun
        A file to read is missing, a place to write to cannot be used, a result would replace a file it is made from,
        or two results one another.
    """
    for path in given:
        if not path.is_file():
            raise CannotRun("cli.request.no_file", path=str(path))
    for path in wanted:
        ensure_writable(path)
        if target_of(path) in {one.resolve() for one in given}:
            raise CannotRun("cli.request.same_file", path=str(path))
    if len({target_of(path) for path in wanted}) < len(wanted):
        raise CannotRun("cli.request.one_place", path=str(wanted[0]))


def ensure_writable(path: Path) -> None:
    """Check a place for a result before anything long begins.

    Raises
    ------
    CannotRun
        Its folder is missing; what stands there is a folder, no ordinary file (a device, a pipe) or may not be
        written to.
    """
    target = target_of(path)
    if not target.parent.is_dir():
        raise CannotRun("cli.request.no_folder", path=str(target.parent))
    if target.is_dir():
        raise CannotRun("cli.request.is_folder", path=str(path))
    with suppress(FileNotFoundError):
        if not stat.S_ISREG(target.stat().st_mode):
            raise CannotRun("cli.request.no_ordinary_file", path=str(path))
        if not os.access(target, os.W_OK):
            raise CannotRun("cli.request.not_allowed", path=str(path), reason=os.strerror(errno.EACCES))


def target_of(path: Path) -> Path:
    """Where a result really goes: a link stays and what it points to is replaced.

    Raises
    ------
    CannotRun
        The links lead in a circle.
    """
    try:
        return path.resolve()
    except (OSError, RuntimeError) as error:
        raise CannotRun("cli.request.cannot_write", path=str(path), reason=str(error)) from error


def answers_of(text: str) -> dict[str, Any]:
    """Answers to open questions: question code → choice; none for an empty text.

    Raises
    ------
    CannotRun
        The text is not a JSON object.
    """
    try:
        answers = json.loads(text or "{}")
    except ValueError:
        answers = None
    if not isinstance(answers, dict):
        raise CannotRun("cli.request.no_answers", given=text)
    return answers
