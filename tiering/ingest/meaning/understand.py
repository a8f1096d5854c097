"""A set of tables → what their lines mean: each claim in its turn, the ones that others rest on first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tiering.claims import Asked, Claim
from tiering.ingest.clean.joining import lines_with_their_headers
from tiering.ingest.meaning import refund_columns, states
from tiering.ingest.meaning.draft import ClaimStep, Draft, Finding, Understanding, for_each, started


def _begin(draft: Draft, asked: Asked) -> Finding:
    return Finding(draft if draft.start is not None else started(draft))


def _order_lines(understood: Understanding, asked: Asked) -> Understanding:
    """Order lines without customers and the file of their order headers become one draft."""
    sources = [(one.reading, one.mapping, one.sha256, one.name) for one in understood.drafts]
    known = {one.sha256: one for one in understood.drafts}
    found = lines_with_their_headers(sources)
    drafts = tuple(known.get(one[2], Draft(one[3], one[2], one[0], one[1])) for one in found)
    joined = tuple(Claim("files", "joined", "sure", {"why": "joined"}, one[3]) for one in found if one[2] not in known)
    return replace(understood, drafts=drafts).saying(joined)


# what the table is · which column is the money · the money bridge begins · which lines count · whose they are
STEPS: tuple[ClaimStep, ...] = (
    _order_lines,
    for_each(_begin, "orders"),
    for_each(states.find, "orders"),
    for_each(refund_columns.find, "orders"),
)


def understand(drafts: Sequence[Draft], asked: Asked) -> Understanding:
    """Drafts in any order → the same with all claims applied, the questions that are open, and what is not used.

    An open question has its proposal applied meanwhile, so that every later claim and the money bridge can be told.
    """
    understood = Understanding(tuple(sorted(drafts, key=lambda draft: (draft.sha256, draft.name))))
    for step in STEPS:
        understood = step(understood, asked)
    return understood
