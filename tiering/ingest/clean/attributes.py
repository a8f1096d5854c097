"""What an orders file says about its customers, and several sources of customers put together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tiering.ingest.meaning.fields import FIELDS
from tiering.ingest.values.conversion import as_text

PLACES = ("country", "region", "city")
LINES_PER_CUSTOMER = 1.5  # below that too many columns are the same within a customer by chance


def customers_of_orders(orders: pa.Table, named: bool) -> pa.Table | None:
    """Order lines → one row per customer with the attributes the lines carry, in code-point order; None without any.

    A mapped attribute (industry, owner …) takes the value most of the customer's lines have, the first by code point
    among equally many; the name is that of the last day, and country, region and city come together from where the
    customer spends most. A text column that stands for no field comes along where it is the same on all lines of each
    customer and differs between customers.

    Parameters
    ----------
    named
        The name identifies the customer, so the id is a name too.
    """
    keys = orders["customer_id"].combine_chunks().dictionary_encode()
    mapped = [key for key in FIELDS if key in orders.column_names and FIELDS[key].is_attribute]
    places = [key for key in PLACES if key in mapped]
    columns = {key: _most_frequent(keys, orders[key]) for key in mapped if key not in places}
    columns |= _of_most_money(keys, orders, places)
    if "customer_name" in columns:
        columns["customer_name"] = _newest(keys, orders["customer_name"], orders["order_date"])
    if orders.num_rows >= LINES_PER_CUSTOMER * len(keys.dictionary):
        columns |= _constant_columns(keys, orders)
    if named:
        columns = {"customer_name": keys.dictionary} | columns
    if not columns:
        return None
    return pa.table({"customer_id": keys.dictionary} | columns).sort_by("customer_id")


def merged_customers(tables: Sequence[pa.Table]) -> pa.Table | None:
    """Customer tables, the most trusted first → one row per customer of any; each cell from the first that has it."""
    if not tables:
        return None
    merged = tables[0]
    for table in tables[1:]:
        merged = _filled_from(merged, table)
    return merged


def one_type(tables: Sequence[pa.Table]) -> list[pa.Table]:
    """The same tables; a column that has different types among them becomes text in all, decimals of any size apart."""
    kinds: dict[str, set[object]] = {}
    for table in tables:
        for column in table.schema:
            kind = "decimal" if pa.types.is_decimal(column.type) else column.type
            kinds.setdefault(column.name, set()).add(kind)
    mixed = {name for name, seen in kinds.items() if len(seen) > 1}
    return [_with_text(table, mixed) for table in tables]


def _with_text(table: pa.Table, names: set[str]) -> pa.Table:
    columns = {name: as_text(table[name]) if name in names else table[name] for name in table.column_names}
    return pa.table(columns)


def _filled_from(first: pa.Table, second: pa.Table) -> pa.Table:
    first, second = one_type([first, second])
    keys = pa.concat_arrays([first["customer_id"].combine_chunks(), second["customer_id"].combine_chunks()]).unique()
    places = [pc.index_in(keys, value_set=table["customer_id"]) for table in (first, second)]
    columns = {}
    for name in dict.fromkeys([*first.column_names, *second.column_names]):
        sides = zip((first, second), places, strict=True)
        columns[name] = pc.coalesce(*(table[name].take(at) for table, at in sides if name in table.column_names))
    return pa.table(columns | {"customer_id": keys})


def _constant_columns(keys: pa.DictionaryArray, orders: pa.Table) -> dict[str, pa.Array]:
    own = [name for name in orders.column_names if name not in FIELDS]
    texts = [name for name in own if pa.types.is_string(orders[name].type)]
    found = {name: _constant(keys, orders[name]) for name in texts}
    return {name: values for name, values in found.items() if values is not None}


def _constant(keys: pa.DictionaryArray, values: pa.ChunkedArray) -> pa.Array | None:
    """The one value of each customer, None where some customer has two or all have the same."""
    encoded = values.combine_chunks().dictionary_encode()
    known = encoded.is_valid().to_numpy(zero_copy_only=False)
    customer = keys.indices.to_numpy()[known]
    code = encoded.indices.filter(encoded.is_valid()).to_numpy()
    held = np.full(len(keys.dictionary), -1)
    held[customer] = code
    if len(encoded.dictionary) < 2 or not np.array_equal(held[customer], code):
        return None
    return encoded.dictionary.take(pa.array(held, pa.int32(), mask=held < 0))


def _of_most_money(keys: pa.DictionaryArray, orders: pa.Table, places: list[str]) -> dict[str, pa.Array]:
    """The place each customer spends most at, all its parts from the same lines; the most lines decide a tie."""
    if not places:
        return {}
    money = orders["amount"] if "amount" in orders.column_names else pa.repeat(0, orders.num_rows)
    lines = pa.table({"customer": keys.indices, "money": money} | {key: orders[key] for key in places})
    lines = lines.filter(pc.is_valid(pc.coalesce(*(orders[key] for key in places))))
    found = lines.group_by(["customer", *places]).aggregate([("money", "sum"), ([], "count_all")])
    order = [("customer", "ascending"), ("money_sum", "descending"), ("count_all", "descending")]
    ranked = found.sort_by([*order, *((key, "ascending") for key in places)])
    return {key: _first_of_each(keys, ranked, key) for key in places}


def _newest(keys: pa.DictionaryArray, values: pa.ChunkedArray, days: pa.ChunkedArray) -> pa.Array:
    """The value of each customer's last day; among several of that day the most frequent, the first by code point."""
    lines = pa.table({"customer": keys.indices, "value": values, "day": days}).filter(values.is_valid())
    found = lines.group_by(["customer", "value"]).aggregate([("day", "max"), ([], "count_all")])
    order = [("customer", "ascending"), ("day_max", "descending"), ("count_all", "descending"), ("value", "ascending")]
    return _first_of_each(keys, found.sort_by(order))


def _most_frequent(keys: pa.DictionaryArray, values: pa.ChunkedArray) -> pa.Array:
    pairs = pa.table({"customer": keys.indices, "value": values}).filter(values.is_valid())
    counts = pairs.group_by(["customer", "value"]).aggregate([([], "count_all")])
    order = [("customer", "ascending"), ("count_all", "descending"), ("value", "ascending")]
    return _first_of_each(keys, counts.sort_by(order))


def _first_of_each(keys: pa.DictionaryArray, ranked: pa.Table, column: str = "value") -> pa.Array:
    """The first value of each customer, missing for those without any."""
    customers, first = np.unique(ranked["customer"].to_numpy(), return_index=True)
    everybody = pa.array(range(len(keys.dictionary)), pa.int32())
    places = pc.index_in(everybody, value_set=pa.array(customers, pa.int32()))
    return ranked[column].combine_chunks().take(pa.array(first)).take(places)
