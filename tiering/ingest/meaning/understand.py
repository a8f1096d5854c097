"""A set of tables → what their lines mean: each claim in its turn, the ones that others rest on first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tiering.claims import Asked, Claim
from tiering.ingest.clean.joining import lines_with_their_headers
from tiering.ingest.meaning import (
    amount,
    amount_period,
    attributes,
    currency,
    duplicates,
    files,
    layouts,
    odd_dates,
    order_number,
    order_totals,
    period_column,
    refund_columns,
    returns_sheet,
    rows_are,
    same_customer,
    shared_lines,
    states,
    table_roles,
    totals,
    wide,
)
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
    for_each(totals.find),
    for_each(layouts.find),
    table_roles.step,
    rows_are.step,
    for_each(wide.find),
    for_each(period_column.find),
    _order_lines,
    files.step,
    for_each(amount.find, "orders"),
    for_each(order_totals.find, "orders"),
    amount_period.step,
    for_each(amount_period.find, "customers"),
    currency.in_house,
    for_each(_begin, "orders"),
    currency.step,
    for_each(duplicates.find, "orders"),
    shared_lines.step,
    for_each(states.find, "orders"),
    for_each(refund_columns.find, "orders"),
    returns_sheet.step,
    for_each(odd_dates.find, "orders"),
    for_each(odd_dates.find_in_customers, "customers"),
    files.left_over,
    for_each(order_number.find, "orders"),
    same_customer.step,
    for_each(attributes.of_orders, "orders"),
    for_each(attributes.rates, "customers"),
)


AS_IT_IS = "as_it_is"  # answer that takes the lines as they stand
PLAIN: tuple[ClaimStep, ...] = (_order_lines, for_each(_begin, "orders"))


def understand(drafts: Sequence[Draft], asked: Asked) -> Understanding:
    """Drafts in any order → the same with all claims applied, the questions that are open, and what is not used.

    An open question has its proposal applied meanwhile, so that every later claim and the money bridge can be told.
    """
    understood = Understanding(tuple(sorted(drafts, key=lambda draft: (draft.sha256, draft.name))))
    for step in PLAIN if asked.answers.get(AS_IT_IS) else STEPS:
        understood = step(understood, asked)
    return understood
