"""Payments, contacts and outside data joined on the customer: which columns they give, and whom they do not know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from tiering.dataset import Beside, Role
from tiering.ingest.attributes import merged_customers, one_type
from tiering.ingest.beside.contacts import COUNTED, OF_BUYERS, contact_figures, latest_contact_day
from tiering.ingest.beside.days import day_number, day_numbers, year_before
from tiering.ingest.beside.payments import latest_payment_day, payment_figures


@dataclass(frozen=True)
class Given:
    """The cleaned table of one file, and whether its customers go by their names."""

    role: Role
    table: pa.Table
    by_name: bool


def with_tables_beside(
    orders: pa.Table | None, customers: pa.Table | None, files: Sequence[Given], trusted: pa.Table | None = None
) -> tuple[pa.Table | None, tuple[Beside, ...]]:
    """Orders and customers + files of other roles → customers with what those tell, and an account per role.

    Outside data fill the gaps of the customers and bring those nobody knew: prospects. Payments and contacts become
    columns of the customers that orders or customers know; whom only they know is listed, not added, unless there
    is nothing else. A figure that ``customers`` already has stays as it is. Files that name the customer are
    joined by the name where only one customer has it.

    Parameters
    ----------
    trusted
        What the customers files say; ``customers`` may hold what the orders say beside it. None: all of it.
    """
    told: list[Beside] = []
    named = customers
    outside = _together([_keyed(one, named) for one in files if one.role == "attributes"], merged_customers)
    if outside is not None:
        gives = [name for name in outside.column_names if name != "customer_id"]
        told.append(_account("attributes", outside, _ids(orders, customers), gives, _columns(trusted)))
        customers = merged_customers([one for one in (trusted, outside, customers) if one is not None])
    as_of = _as_of(orders, files)
    for role, figures in FIGURES.items():
        lines = _together([_keyed(one, customers) for one in files if one.role == role], _stacked)
        if lines is not None:
            known = _ids(orders, customers)
            found = figures(lines, as_of, orders, known)
            account = _account(role, lines, known, list(found.columns[1:]), _columns(customers))
            told.append(replace(account, as_of=as_of))
            customers = _with_columns(customers, found, set(known) if known else None)
    return customers, tuple(told)


def _of_payments(lines: pa.Table, as_of: date | None, orders: pa.Table | None, known: Sequence[str]) -> pd.DataFrame:
    return payment_figures(lines, as_of or date(1970, 1, 1))


def _of_contacts(lines: pa.Table, as_of: date | None, orders: pa.Table | None, known: Sequence[str]) -> pd.DataFrame:
    """Figures of the contacts; who is not in them was not in touch, and a buyer without tickets had none."""
    annual = None if orders is None or as_of is None else annual_orders(orders, as_of)
    found = contact_figures(lines, as_of, annual).set_index("customer_id")
    everybody = sorted({*known, *found.index})
    found = found.reindex(pd.Index(everybody, name="customer_id"))
    buyers = set(everybody) if orders is None else set(orders["customer_id"].unique().to_pylist())
    is_buyer = found.index.isin(buyers)
    for name in [name for name in COUNTED if name in found]:
        filled = found[name].fillna(0.0)
        found[name] = filled.where(is_buyer | found[name].notna()) if name in OF_BUYERS else filled
    if "fault_rate" in found and annual is not None:
        ordered = found.index.isin(annual.index[annual > 0])
        found["fault_rate"] = found["fault_rate"].where(found["fault_rate"].notna() | ~ordered, 0.0)
    return found.reset_index()


Figures = Callable[[pa.Table, date | None, pa.Table | None, Sequence[str]], pd.DataFrame]
FIGURES: dict[Role, Figures] = {"payments": _of_payments, "contacts": _of_contacts}


def annual_orders(orders: pa.Table, as_of: date) -> pd.Series:
    """Orders of the twelve months up to a day, by customer; without numbers a customer's day is one order."""
    days = day_numbers(orders, "order_date")
    recent = pa.array((days > year_before(as_of)) & (days <= day_number(as_of)))
    sold = orders.filter(pc.and_(recent, pc.greater(orders["amount"], 0)))
    key = "order_id" if "order_id" in orders.column_names else "order_date"
    single = sold.group_by(["customer_id", key]).aggregate([])
    counts = single.group_by("customer_id").aggregate([([], "count_all")])
    return pd.Series(counts["count_all"].to_numpy(), index=counts["customer_id"].to_pylist(), dtype="float64")


def _as_of(orders: pa.Table | None, files: Sequence[Given]) -> date | None:
    """The last order date; without orders the last day on which something was invoiced, paid or said."""
    if orders is not None and orders.num_rows:
        return pc.max(orders["order_date"]).as_py()
    latest = {"payments": latest_payment_day, "contacts": latest_contact_day}
    days = [latest[one.role](one.table) for one in files if one.role in latest]
    return max((day for day in days if day is not None), default=None)


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


def _ids(*tables: pa.Table | None) -> tuple[str, ...]:
    return tuple(sorted({key for one in tables if one is not None for key in one["customer_id"].unique().to_pylist()}))


def _columns(customers: pa.Table | None) -> set[str]:
    """Columns that say something of somebody."""
    if customers is None:
        return set()
    return {name for name in customers.column_names if customers[name].null_count < customers.num_rows}


def _account(role: Role, lines: pa.Table, known: Sequence[str], gives: Sequence[str], had: set[str]) -> Beside:
    about = set(_ids(lines))
    return Beside(
        role=role,
        as_of=None,
        gave=tuple(name for name in gives if name not in had),
        kept=tuple(name for name in gives if name in had),
        strangers=tuple(sorted(about.difference(known))) if known else (),
        silent=tuple(sorted(set(known) - about)),
    )


def _with_columns(customers: pa.Table | None, found: pd.DataFrame, known: set[str] | None) -> pa.Table | None:
    """Customers with the figures they do not have yet, for those who are known."""
    fresh = [name for name in found.columns if name == "customer_id" or name not in _columns(customers)]
    rows = found if known is None else found[found["customer_id"].isin(known)]
    if len(fresh) < 2 and known is not None:
        return customers
    table = pa.Table.from_pandas(rows[fresh], preserve_index=False).replace_schema_metadata(None)
    if customers is None:
        return table
    blank = [name for name in fresh if name != "customer_id" and name in customers.column_names]
    return merged_customers([customers.drop_columns(blank), table])
