"""The cleaned tables of one session, frozen and fingerprinted; everything after ingest reads only these."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc

from tiering.claims import Claim, NotUsed, Step

Role = Literal["orders", "customers", "payments", "contacts", "attributes"]


@dataclass(frozen=True)
class SourceFacts:
    """Where the lines of one file went; ``read`` is the sum of the other counts."""

    name: str
    role: Role
    read: int
    used: int
    header: int = 0
    excluded: dict[str, int] = field(default_factory=dict)
    set_aside: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Unmatched:
    """Customers that only one kind of file knows, in code-point order."""

    without_attributes: tuple[str, ...]  # they ordered, but no customers file lists them
    without_orders: tuple[str, ...]  # a customers file lists them, but they never ordered


@dataclass(frozen=True)
class SideAccount:
    """What the files of one kind beside orders and customers have told about the customers.

    Attributes
    ----------
    as_of
        The day up to which payments and contacts were counted.
    gave
        Columns of the customer table that come from them.
    kept
        Columns they could have given, had the customers file not had them already.
    strangers
        Ids that neither orders nor customers know: left out of payments and contacts, prospects in outside data.
    silent
        Ids of customers they have no line about. Both in code-point order.
    """

    role: Role
    as_of: date | None
    gave: tuple[str, ...]
    kept: tuple[str, ...]
    strangers: tuple[str, ...]
    silent: tuple[str, ...]


@dataclass(frozen=True)
class Meaning:
    """What was taken to be so of the files, and where their money went.

    Attributes
    ----------
    claims
        In the order in which they rest on each other; what is still open among them has the degree ``open``.
    bridge
        From the files' total, step by step, to the revenue counted: the steps add up to the cent.
    not_used
        Files and sheets that count for nothing, each with the reason.
    """

    claims: tuple[Claim, ...] = ()
    bridge: tuple[Step, ...] = ()
    not_used: tuple[NotUsed, ...] = ()


@dataclass(frozen=True)
class Dataset:
    """Orders, customers or both, cleaned.

    Attributes
    ----------
    orders
        One row per order line: ``customer_id`` string, ``order_date`` date32, ``amount`` decimal128(18, s)
        (net of tax as given, returns negative); optional ``order_id``, ``product``, ``category`` string,
        ``quantity`` float64, ``cost`` decimal128(18, s); any further column of the file follows as string.
    customers
        One row per customer: ``customer_id`` string, unique; optional attributes (``ingest.fields``) and any further
        column of the file (string, float64 or date32).
    set_aside
        Rows that could not be used: ``source``, ``line`` (1-based physical line), ``reason``, then the file's own
        columns as text.
    fingerprint
        SHA-256 over the uploaded bytes and the mapping; the key of every cache.
    unmatched
        Who is on one side only, where both orders and customers files were given.
    beside
        What payments, contacts and outside data have told, one entry per kind of file that was given.
    payments, contacts
        One row per receivable, ticket or contact with ``customer_id`` (`ingest.beside.cleaning`): what they tell of
        a customer depends on the day, `ingest.clean.side_tables.figures.with_figures`.
    meaning
        What was taken to be so of the files, and the money bridge from their total to the revenue counted.
    """

    orders: pa.Table | None
    customers: pa.Table | None
    set_aside: pa.Table
    sources: tuple[SourceFacts, ...]
    fingerprint: str
    currency: str = ""
    unmatched: Unmatched | None = None
    side_accounts: tuple[SideAccount, ...] = ()
    payments: pa.Table | None = None
    contacts: pa.Table | None = None
    meaning: Meaning = Meaning()

    @cached_property
    def last_order_date(self) -> date | None:
        """The data's own "now": the last order date, None without orders."""
        return self._date_bound(pc.max)

    @cached_property
    def first_order_date(self) -> date | None:
        """The first order date, None without orders."""
        return self._date_bound(pc.min)

    @property
    def side_tables(self) -> tuple[tuple[Role, pa.Table], ...]:
        """Payments and contacts, as far as there are any."""
        given: tuple[tuple[Role, pa.Table | None], ...] = (("payments", self.payments), ("contacts", self.contacts))
        return tuple((role, table) for role, table in given if table is not None)

    def _date_bound(self, bound: Any) -> date | None:
        if self.orders is None or self.orders.num_rows == 0:
            return None
        return bound(self.orders["order_date"]).as_py()
