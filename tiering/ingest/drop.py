"""A drop of files: each read and judged for itself, placed beside the others, and built into one dataset."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

import pyarrow.compute as pc

from tiering.claims import Step
from tiering.dataset import Dataset, Meaning
from tiering.ingest.clean.cleaning import money_set_aside
from tiering.ingest.clean.joining import Source, build_dataset
from tiering.ingest.meaning.draft import Draft, Understanding


def draft_of(source: Source) -> Draft:
    """A file as it was read, under the mapping suggested for it, before anything is taken to be so of its lines."""
    reading, mapping, digest, name = source
    return Draft(name, digest, reading, mapping)


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
