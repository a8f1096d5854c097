"""What the rows of a table are: orders, customers, payments and the like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from tiering.claims import Asked, Choice, Claim, Question
from tiering.dataset import Role
from tiering.ingest.meaning.draft import Draft, Finding, Understanding, for_each
from tiering.ingest.meaning.suggestion import possible_roles, suggest_mapping

BOTH = "both"


def step(understood: Understanding, asked: Asked) -> Understanding:
    """Each draft with its role; a list of invoices that is orders and payments alike becomes a draft of each."""
    settled = for_each(_find, "orders", "payments")(understood, asked)
    drafts = tuple(part for draft in settled.drafts for part in _parts(draft, asked))
    return replace(settled, drafts=drafts)


def _find(draft: Draft, asked: Asked) -> Finding:
    """Orders or payments, where only the owner of the file can tell."""
    roles = () if draft.role is not None else possible_roles(draft.reading)
    if len(roles) < 2:
        return Finding(draft)
    question = _question(draft, roles)
    value, degree = asked.decided(question)
    claim = Claim("rows_are", value, degree, {"why": "either"}, draft.name)
    chosen = _with_role(draft, "orders" if value == BOTH else cast(Role, value))
    return Finding(chosen, (claim,), (question,) if degree == "open" else ())


def _question(draft: Draft, roles: Sequence[Role]) -> Question:
    choices = tuple(Choice(value) for value in (BOTH, *roles))
    return Question("rows_are", draft.name, choices, BOTH, evidence={"why": "either"}, lines=draft.table.num_rows)


def _parts(draft: Draft, asked: Asked) -> tuple[Draft, ...]:
    """The draft, and the same file as payments where somebody or the proposal says that it is both."""
    if draft.role is not None or len(possible_roles(draft.reading)) < 2:
        return (draft,)
    value, _ = asked.decided(_question(draft, possible_roles(draft.reading)))
    if value != BOTH:
        return (draft,)
    return draft, replace(_with_role(draft, "payments"), sha256=f"{draft.sha256}-payments")


def _with_role(draft: Draft, role: Role) -> Draft:
    if draft.mapping.role == role:
        return draft
    return replace(draft, mapping=suggest_mapping(draft.reading, role))
