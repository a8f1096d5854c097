"""The claim ``duplicates`` between tables: lines that two sheets or files of one kind hold alike count once."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tiering.claims import Asked, Choice, Claim, Question, is_worth_asking
from tiering.ingest.clean.overlap import lines_again
from tiering.ingest.meaning.draft import Draft, Understanding, leave_out
from tiering.ingest.meaning.duplicates import COUNTED_ONCE, examples, size_of


def step(understood: Understanding, asked: Asked) -> Understanding:
    """Lines of one table that another of the same kind holds too: counted once, and asked about likewise."""
    sources = [(one.reading, one.mapping, one.sha256, one.name) for one in understood.drafts]
    again = {place: mask for place, mask in lines_again(sources).items() if understood.drafts[place].has_amount}
    if not any(mask.any() for mask in again.values()):
        return understood
    held = [(understood.drafts[place], pa.array(mask)) for place, mask in sorted(again.items())]
    question = _between(held)
    said, degree = asked.decided(question)
    sizes = [size_of(_amounts(draft), pa.array(np.ones(draft.table.num_rows, bool))) for draft, _ in held]
    part = sum((size_of(_amounts(draft), mask) for draft, mask in held), Decimal(0))
    is_open = degree == "open" and is_worth_asking(part, sum(sizes, Decimal(0)))
    facts = {"why": f"files_{said}"}
    claim = Claim(
        "duplicates", said, "open" if is_open else "likely", facts, question.file, question.lines, question.money
    )
    understood = understood.saying((claim,), (question,) if is_open else ())
    if said == "all":
        return understood
    left = [
        leave_out(draft, pa.array(again[place]), COUNTED_ONCE) if place in again else draft
        for place, draft in enumerate(understood.drafts)
    ]
    return replace(understood, drafts=tuple(left))


def _between(held: list[tuple[Draft, pa.Array]]) -> Question:
    lines = sum(int(pc.sum(mask).as_py() or 0) for _, mask in held)
    money = sum((pc.sum(_amounts(draft).filter(mask)).as_py() or Decimal(0) for draft, mask in held), Decimal(0))
    whole = sum((pc.sum(_amounts(draft)).as_py() or Decimal(0) for draft, _ in held), Decimal(0))
    rows = sum(draft.table.num_rows for draft, _ in held)
    choices = (Choice("once", rows - lines, whole - money), Choice("all", rows, whole))
    files = ", ".join(draft.name for draft, _ in held)
    shown = tuple(text for draft, mask in held for text in examples(draft, mask))[:3]
    return Question("duplicates", files, choices, "once", "", {"why": "files"}, lines, money, shown)


def _amounts(draft: Draft) -> pa.ChunkedArray:
    amounts = draft.amounts()
    assert amounts is not None, "no amount to count"
    return amounts
