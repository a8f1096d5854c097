"""What is said of a set of files: claims and their evidence, questions and their answers, and where the money went."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

Degree = Literal["sure", "likely", "open"]
WORTH_ASKING = Decimal("0.01")  # two readings this far apart, of the money or of the customers, are asked about


@dataclass(frozen=True)
class Claim:
    """One thing that is taken to be so.

    Attributes
    ----------
    claim
        Its kind: ``rows_are``, ``amount``, ``states`` …; the sentence stands in the words as ``claim.<claim>.<why>``.
    value
        What is taken, JSON-ready; answers to the question of the same code have the same form.
    degree
        ``sure``: taken; ``likely``: taken and said; ``open``: asked, the proposal is taken meanwhile.
    evidence
        Facts of the sentence; ``why`` chooses it among several.
    file, lines, money
        Whom it concerns and how much: lines moved and their money, None where it moves none.
    """

    claim: str
    value: Any
    degree: Degree
    evidence: dict[str, Any] = field(default_factory=dict)
    file: str = ""
    lines: int = 0
    money: Decimal | None = None


@dataclass(frozen=True)
class Choice:
    """One answer: its value as ``--answers`` takes it, and the lines and money that would count with it."""

    value: Any
    lines: int | None = None
    money: Decimal | None = None
    preview: tuple[tuple[str, ...], ...] = ()  # a small table: rows of cells


@dataclass(frozen=True)
class Question:
    """What only the user can settle, with a proposal where one is sound.

    ``details`` lists what one answer settles together, such as each value of a column with its lines and money.
    """

    code: str
    file: str
    choices: tuple[Choice, ...]
    proposal: Any = None
    column: str = ""
    evidence: dict[str, Any] = field(default_factory=dict)
    lines: int = 0
    money: Decimal | None = None
    examples: tuple[str, ...] = ()
    details: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class Step:
    """One step of the money bridge: lines and money that it adds (positive) or takes (negative)."""

    step: str
    lines: int
    money: Decimal
    detail: str = ""


@dataclass(frozen=True)
class NotUsed:
    """A file or sheet that is none of those that count, with the code of the reason."""

    file: str
    why: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """What is known before the files are understood.

    ``answers``: question code → choice; ``today``: the day of the reading, for dates of the future; ``accept``:
    whether proposals count as answers.
    """

    answers: Mapping[str, Any] = field(default_factory=dict)
    today: date = date.max
    accept: bool = False

    def decided(self, question: Question) -> tuple[Any, Degree]:
        """The answer given, else the proposal; ``open`` where the user still has to say it."""
        given = self.answers.get(question.code)
        if isinstance(given, Mapping) and question.file in given and question.code in BY_FILE:
            given = given[question.file]
        if given is not None:
            return given, "sure"
        return question.proposal, "likely" if self.accept and question.proposal is not None else "open"


BY_FILE = frozenset({"rows_are", "files"})  # their answers name the file they are about


def total(amounts: Iterable[Decimal | None]) -> Decimal:
    """Exact sum of amounts; what is missing adds nothing."""
    return sum((amount for amount in amounts if amount is not None), Decimal(0))


def is_worth_asking(part: Decimal | None, whole: Decimal | None) -> bool:
    """Whether a part of the money is more than one per cent of the whole, whichever sign they have."""
    return part is not None and abs(part) > WORTH_ASKING * abs(whole or Decimal(0))
