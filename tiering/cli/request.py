"""Whether what the command line asks for can be carried out, before anything long begins."""

from __future__ import annotations

import json
from collections.abc import Sequence
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
        A file to read is missing, a folder to write to is, or a result would replace a file it is made from.
    """
    for path in given:
        if not path.is_file():
            raise CannotRun("cli.request.no_file", path=str(path))
    for path in wanted:
        if not path.absolute().parent.is_dir():
            raise CannotRun("cli.request.no_folder", path=str(path.absolute().parent))
        if path.is_dir():
            raise CannotRun("cli.request.is_folder", path=str(path))
        if path.resolve() in {one.resolve() for one in given}:
            raise CannotRun("cli.request.same_file", path=str(path))


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
