"""What payments and contacts tell of each customer at a day, joined to what else is known of the customers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tiering.dataset import Dataset, Role, SideAccount
from tiering.ingest.clean.attributes import merged_customers, one_type
from tiering.ingest.clean.side_tables.cleaning import MONTHS, day_number, day_numbers, months_before
from tiering.ingest.clean.side_tables.contacts import COUNTED, OF_BUYERS, contact_figures, latest_contact_day
from tiering.ingest.clean.side_tables.payments import latest_payment_day, payment_figures


def with_figures(
    dataset: Dataset, as_of: date | None, months: int = MONTHS, annual: pd.Series | None = None
) -> Dataset:
    """Dataset with payments and contacts → the same without, their figures at ``as_of`` among the customers.

    Figures are those of the customers that orders or customers know, of all where there is nothing else; a column
    that the customers file fills stays as it is. The window is (as_of − ``months``, as_of]. Without a day it is the
    last on which something was invoiced, paid or said. A dataset without such lines is handed back as it is.

    Parameters
    ----------
    annual
        Orders in the window by customer id, of all who ever ordered by then; None counts them in the orders.
    """
    if not dataset.side_tables:
        return dataset
    day = as_of or latest_day(dataset.payments, dataset.contacts)
    if annual is None and dataset.orders is not None and day is not None:
        annual = annual_orders(dataset.orders, day, months)
    customers = dataset.customers
    known = known_ids(dataset.orders, customers, None if annual is None else pa.table({"customer_id": annual.index}))
    for role, lines in dataset.side_tables:
        found = figures_of(role, lines, (day, months), annual, known)
        customers = _with_columns(customers, found, known if len(known) else None)
    return replace(dataset, customers=customers, payments=None, contacts=None)


def figures_of(
    role: Role, lines: pa.Table, window: tuple[date | None, int], annual: pd.Series | None, known: pa.Array
) -> pd.DataFrame:
    """Lines of payments or contacts → one row per customer of whom they tell, at the window's day."""
    day, months = window
    if role == "payments":
        return payment_figures(lines, day or date(1970, 1, 1), months)
    return _of_contacts(contact_figures(lines, day, annual, months), annual, known)


def latest_day(payments: pa.Table | None, contacts: pa.Table | None) -> date | None:
    """The last day on which something was invoiced, paid or said; None where nothing has a date."""
    days = [latest_payment_day(payments)] if payments is not None else []
    days += [latest_contact_day(contacts)] if contacts is not None else []
    return max((day for day in days if day is not None), default=None)


def annual_orders(orders: pa.Table, as_of: date, months: int = MONTHS) -> pd.Series:
    """Orders of the window up to a day, by the customers who ever bought; without numbers a day is one order."""
    days = day_numbers(orders, "order_date")
    recent = pa.array((days > day_number(months_before(as_of, months))) & (days <= day_number(as_of)))
    sold = orders.filter(pc.and_(recent, pc.greater(orders["amount"], 0)))
    key = "order_id" if "order_id" in orders.column_names else "order_date"
    single = sold.group_by(["customer_id", key]).aggregate([])
    counts = single.group_by("customer_id").aggregate([([], "count_all")])
    told = pd.Series(counts["count_all"].to_numpy(), index=counts["customer_id"].to_pylist(), dtype="float64")
    buyers = known_ids(orders.filter(pa.array(days <= day_number(as_of))))
    return told.reindex(buyers.to_numpy(zero_copy_only=False), fill_value=0.0)


def known_ids(*tables: pa.Table | None) -> pa.Array:
    """Customer ids of any of the tables, each once, in code-point order."""
    ids = [one["customer_id"].unique().cast(pa.string()) for one in tables if one is not None]
    every = pc.unique(pa.concat_arrays(ids)) if ids else pa.array([], pa.string())
    return every.take(pc.sort_indices(every))


def filled_columns(customers: pa.Table | None) -> set[str]:
    """Columns that say something of somebody."""
    if customers is None:
        return set()
    return {name for name in customers.column_names if customers[name].null_count < customers.num_rows}


def _of_contacts(told: pd.DataFrame, annual: pd.Series | None, known: pa.Array) -> pd.DataFrame:
    """Who is not in the contacts was not in touch, and a buyer without tickets had none."""
    everybody = known_ids(pa.table({"customer_id": known}), pa.table({"customer_id": told["customer_id"]}))
    found = told.set_index("customer_id").reindex(everybody.to_numpy(zero_copy_only=False))
    is_buyer = np.ones(len(found), dtype=bool) if annual is None else _among(everybody, annual.index)
    for name in [name for name in COUNTED if name in found]:
        filled = found[name].fillna(0.0)
        found[name] = filled.where(is_buyer | found[name].notna()) if name in OF_BUYERS else filled
    if "fault_rate" in found and annual is not None:
        ordered = _among(everybody, annual.index[annual > 0])
        found["fault_rate"] = found["fault_rate"].where(found["fault_rate"].notna() | ~ordered, 0.0)
    return found.rename_axis("customer_id").reset_index()


def _among(ids: pa.Array, listed: Any) -> NDArray[np.bool_]:
    """Which of the ids are listed (n,)."""
    return pc.is_in(ids, value_set=pa.array(listed, pa.string())).to_numpy(zero_copy_only=False)


def _with_columns(customers: pa.Table | None, found: pd.DataFrame, known: pa.Array | None) -> pa.Table | None:
    """Customers with the figures they do not have yet, for those who are known."""
    had = filled_columns(customers)
    fresh = [name for name in found.columns if name == "customer_id" or name not in had]
    rows = found if known is None else found[_among(pa.array(found["customer_id"], pa.string()), known)]
    if len(fresh) < 2 and known is not None:
        return customers
    table = pa.Table.from_pandas(rows[fresh], preserve_index=False).replace_schema_metadata(None)
    if customers is None:
        return table
    blank = [name for name in fresh if name != "customer_id" and name in customers.column_names]
    return merged_customers([customers.drop_columns(blank), table])


@dataclass(frozen=True)
class Given:
    """The cleaned table of one file, and whether its customers go by their names."""

    role: Role
    table: pa.Table
    by_name: bool


def with_side_tables(dataset: Dataset, files: Sequence[Given], trusted: pa.Table | None = None) -> Dataset:
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
        dataset = replace(dataset, customers=customers, side_accounts=(told,))
    payments, contacts = (_lines(role, files, dataset.customers) for role in ("payments", "contacts"))
    return _accounted(replace(dataset, payments=payments, contacts=contacts))


def _lines(role: str, files: Sequence[Given], customers: pa.Table | None) -> pa.Table | None:
    return _together([_keyed(one, customers) for one in files if one.role == role], _stacked)


def _accounted(dataset: Dataset) -> Dataset:
    """The dataset with an account of its payments and contacts, as of the last order or the last day they tell."""
    if not dataset.side_tables:
        return dataset
    known = known_ids(dataset.orders, dataset.customers)
    day = dataset.last_order_date or latest_day(dataset.payments, dataset.contacts)
    annual = annual_orders(dataset.orders, day) if dataset.orders is not None and day is not None else None
    had, told = filled_columns(dataset.customers), list(dataset.side_accounts)
    for role, lines in dataset.side_tables:
        found = figures_of(role, lines, (day, MONTHS), annual, known)
        told.append(replace(_account(role, lines, known, list(found.columns[1:]), had), as_of=day))
        had |= set(found.columns)
    customers = dataset.customers
    if not len(known):
        customers = pa.table({"customer_id": known_ids(dataset.payments, dataset.contacts)})
    return replace(dataset, customers=customers, side_accounts=tuple(told))


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


def _account(role: Role, lines: pa.Table, ids: pa.Array, gives: Sequence[str], had: set[str]) -> SideAccount:
    about, known = set(known_ids(lines).to_pylist()), set(ids.to_pylist())
    return SideAccount(
        role=role,
        as_of=None,
        gave=tuple(name for name in gives if name not in had),
        kept=tuple(name for name in gives if name in had),
        strangers=tuple(sorted(about.difference(known))) if known else (),
        silent=tuple(sorted(known - about)),
    )
