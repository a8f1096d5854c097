"""A drop of files: each read and judged for itself, placed beside the others, and built into one dataset."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

import pyarrow.compute as pc

from tiering.claims import NotUsed, Step
from tiering.dataset import Dataset, Meaning
from tiering.ingest.clean.cleaning import money_set_aside
from tiering.ingest.clean.joining import build_dataset
from tiering.ingest.meaning.draft import Draft, Understanding
from tiering.ingest.reading import Reading

Answers = Mapping[str, Any]
Read = Callable[[Answers], Reading]
ALL_SHEETS = "*"
SHEET = "sheet"


@dataclass(frozen=True)
class Sheet:
    """One table of a file: the whole of a text file, or one sheet of a workbook."""

    name: str
    sha256: str
    reading: Reading
    answers: Answers = field(default_factory=dict)  # under which it was read


def sheets_of(name: str, digest: str, read: Read, answers: Answers) -> tuple[list[Sheet], list[NotUsed]]:
    """A file that ``read`` can read under answers → its tables, and the sheets that are none.

    Every sheet of a workbook is a table of its own, unless the sheets have one shape: then the question stays open
    whether they are parts of one table. A problem of the whole file is that of its only table.
    """
    first = read(answers)
    others = _other_sheets(first)
    if not others or SHEET in answers:
        return [Sheet(name, digest, first, answers)], []
    tables, unused = [], []
    for sheet in others:
        told = {**answers, SHEET: sheet}
        reading = first if sheet == first.report.get(SHEET) else read(told)
        shown = f"{name} · {sheet}"
        if reading.outcome == "error" or reading.table is None or not reading.table.num_rows:
            unused.append(NotUsed(shown, "no_table"))
        else:
            tables.append(Sheet(shown, hashlib.sha256(f"{digest} {sheet}".encode()).hexdigest(), reading, told))
    return tables or [Sheet(name, digest, first, answers)], unused


def _other_sheets(reading: Reading) -> list[str]:
    """Names of all sheets of a workbook that has several of different shapes, in its order."""
    for question in reading.questions:
        if question["code"] == SHEET:
            return [] if question["evidence"].get("same_columns") else list(question["evidence"]["sheets"])
    noted = [
        note for note in reading.report.get("notes", ()) if isinstance(note, dict) and note["code"] == "other_sheets"
    ]
    return [str(reading.report[SHEET]), *(sheet for note in noted for sheet in note["sheets"])] if noted else []


def proposed_answers(reading: Reading) -> dict[str, Any]:
    """What the open questions about a file's characters propose, as far as a proposal is sound."""
    return {str(one["code"]): value for one in reading.open_questions if (value := proposal_of(one)) is not None}


def proposal_of(question: Mapping[str, Any]) -> Any:
    """The sound proposal of a question about characters, None where nothing in the file speaks for an answer."""
    if "proposal" in question:
        return question["proposal"]
    if question["code"] == SHEET and question["evidence"].get("same_columns"):
        return ALL_SHEETS
    return "yes" if question["code"] == "fill_down" else None


def read_accepting(read: Read, answers: Answers, accept: bool) -> Reading:
    """Reading of a file; with ``accept`` what its questions propose is answered, until none has a proposal."""
    reading = read(answers)
    while accept and reading.outcome == "asks":
        proposed = {code: value for code, value in proposed_answers(reading).items() if code not in answers}
        if not proposed:
            break
        answers = {**answers, **proposed}
        reading = read(answers)
    return reading


def built(understood: Understanding, progress: Callable[[float], None] | None = None) -> Dataset:
    """What was understood → the cleaned dataset, with its claims and its money bridge.

    Raises
    ------
    DataProblem
        Those of ``build_dataset``.
    """
    sources = [(draft.reading, draft.mapping, draft.sha256, draft.name) for draft in understood.drafts]
    dataset = build_dataset(sources, progress)
    return replace(dataset, meaning=Meaning(understood.claims, bridge(understood, dataset), understood.not_used))


def bridge(understood: Understanding, dataset: Dataset) -> tuple[Step, ...]:
    """Steps from the total of the order lines read to the revenue counted, equal steps of several files as one.

    ``total``, then what each claim took or gave, then ``set_aside``, at last ``counted``: the sum of all before it.
    """
    orders = [draft for draft in understood.drafts if draft.start is not None]
    if not orders or dataset.orders is None:
        return ()
    starts = [draft.start for draft in orders if draft.start is not None]
    steps = [Step("total", sum(one.lines for one in starts), sum((one.money for one in starts), Decimal(0)))]
    for draft in orders:
        for step in draft.steps:
            steps = _with(steps, step)
    counted = Step("counted", dataset.orders.num_rows, pc.sum(dataset.orders["amount"]).as_py() or Decimal(0))
    aside = Step("set_aside", counted.lines - _lines(steps), _money_set_aside(orders))
    steps = steps if not aside.lines and not aside.money else [*steps, aside]
    assert _money(steps) == counted.money, f"money lost: {steps} against {counted}"
    return (*steps, counted)


def _with(steps: list[Step], step: Step) -> list[Step]:
    """The steps with one more, added to the same of another file."""
    for place, one in enumerate(steps):
        if (one.step, one.detail) == (step.step, step.detail):
            added = replace(one, lines=one.lines + step.lines, money=one.money + step.money)
            return [*steps[:place], added, *steps[place + 1 :]]
    return [*steps, step]


def _money_set_aside(orders: Sequence[Draft]) -> Decimal:
    """Money of the lines that cleaning sets aside: those without customer or date."""
    return -sum((money_set_aside(draft.reading, draft.mapping) for draft in orders), Decimal(0))


def _lines(steps: Sequence[Step]) -> int:
    return sum(step.lines for step in steps)


def _money(steps: Sequence[Step]) -> Decimal:
    return sum((step.money for step in steps), Decimal(0))
