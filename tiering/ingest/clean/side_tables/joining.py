"""Payments, contacts and outside data joined on the customer: which columns they give, and whom they do not know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from tiering.dataset import Beside, Dataset, Role
from tiering.ingest.clean.attributes import merged_customers, one_type
from tiering.ingest.clean.side_tables.days import MONTHS
from tiering.ingest.clean.side_tables.figures import annual_orders, figures_of, filled_columns, known_ids, latest_day


@dataclass(frozen=True)
class Given:
    """The cleaned table of one file, and whether its customers go by their names."""

    role: Role
    table: pa.Table
    by_name: bool


def with_tables_beside(dataset: Dataset, files: Sequence[Given], trusted: pa.Table | None = None) -> Dataset:
    """Dataset + files of other roles → the same with what those tell, and an account per role.

    Outside data fill the gaps of the customers and bring those nobody knew: prospects. Payments and contacts become
    tables of their own, under the ids of the customers; what they tell depends on the day (`with_figures`). Whom
    only they know is listed, not added, unless there is nothing else. Files that name the customer are joined by
    the name where only one customer has it.

    Parameters
    ----------
    trusted
        What the customers files say; ``customers`` may hold what the orders say beside it. None: all of it.
    """
    orders, named = dataset.orders, dataset.customers
    outside = _together([_keyed(one, named) for one in files if one.role == "attributes"], merged_customers)
    if outside is not None:
        gives = [name for name in outside.column_names if name != "customer_id"]
        told = _account("attributes", outside, known_ids(orders, named), gives, filled_columns(trusted))
        customers = merged_customers([one for one in (trusted, outside, named) if one is not None])
        dataset = replace(dataset, customers=customers, beside=(told,))
    payments, contacts = (_lines(role, files, dataset.customers) for role in ("payments", "contacts"))
    return _accounted(replace(dataset, payments=payments, contacts=contacts))


def _lines(role: str, files: Sequence[Given], customers: pa.Table | None) -> pa.Table | None:
    return _together([_keyed(one, customers) for one in files if one.role == role], _stacked)


def _accounted(dataset: Dataset) -> Dataset:
    """The dataset with an account of its payments and contacts, as of the last order or the last day they tell."""
    if not dataset.tables_beside:
        return dataset
    known = known_ids(dataset.orders, dataset.customers)
    day = dataset.last_order_date or latest_day(dataset.payments, dataset.contacts)
    annual = annual_orders(dataset.orders, day) if dataset.orders is not None and day is not None else None
    had, told = filled_columns(dataset.customers), list(dataset.beside)
    for role, lines in dataset.tables_beside:
        found = figures_of(role, lines, (day, MONTHS), annual, known)
        told.append(replace(_account(role, lines, known, list(found.columns[1:]), had), as_of=day))
        had |= set(found.columns)
    customers = dataset.customers
    if not len(known):
        customers = pa.table({"customer_id": known_ids(dataset.payments, dataset.contacts)})
    return replace(dataset, customers=customers, beside=tuple(told))


def _keyed(file: Given, customers: pa.Table | None) -> pa.Table:
    """The table with ids in the place of the names that only one customer has."""
    if not file.by_name or customers is None or "customer_name" not in customers.column_names:
        return file.table
    named = customers.select(["customer_id", "customer_name"]).to_pandas().dropna()
    ids = named.drop_duplicates("customer_name", keep=False).set_index("customer_name")["customer_id"]
    names = file.table["customer_id"].to_pandas()
    keys = names.where(names.isin(set(customers["customer_id"].to_pylist())), names.map(ids)).fillna(names)
    place = file.table.schema.get_field_index("customer_id")
    table = file.table.set_column(place, "customer_id", pa.array(keys, pa.string()))
    once = np.unique(np.asarray(keys, dtype=object).astype(str), return_index=True)[1]
    return table.take(pa.array(np.sort(once))) if file.role == "attributes" else table


def _together(tables: list[pa.Table], put: Callable[[list[pa.Table]], pa.Table | None]) -> pa.Table | None:
    return put(tables) if tables else None


def _stacked(tables: list[pa.Table]) -> pa.Table:
    return pa.concat_tables(one_type(tables), promote_options="permissive")


def _account(role: Role, lines: pa.Table, ids: pa.Array, gives: Sequence[str], had: set[str]) -> Beside:
    about, known = set(known_ids(lines).to_pylist()), set(ids.to_pylist())
    return Beside(
        role=role,
        as_of=None,
        gave=tuple(name for name in gives if name not in had),
        kept=tuple(name for name in gives if name in had),
        strangers=tuple(sorted(about.difference(known))) if known else (),
        silent=tuple(sorted(known - about)),
    )
