"""Several cleaned files → one dataset: orders under orders, customers beside them, and who is only on one side."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence

import pyarrow as pa

from tiering.dataset import Dataset, Unmatched
from tiering.ingest.clean.amounts import fixed_decimals
from tiering.ingest.clean.attributes import customers_of_orders, merged_customers, one_type
from tiering.ingest.clean.cleaning import Cleaned, clean_customers, clean_orders
from tiering.ingest.clean.order_lines import Mapped, are_headers_and_lines, joined
from tiering.ingest.clean.side_tables.cleaning import clean_contacts, clean_payments
from tiering.ingest.clean.side_tables.figures import Given, with_side_tables
from tiering.ingest.meaning.mapping import Mapping
from tiering.ingest.reading import Column, Reading
from tiering.ingest.values.currencies import code_of, currency_named, shown_as
from tiering.problems import DataProblem, Problem

Source = tuple[Reading, Mapping, str, str]
MONEY_FIELDS = (
    "amount",
    "unit_price",
    "cost",
    "unit_cost",
    "profit",
    "annual_revenue",
    "average_order_value",
    "margin",
)
CLEANERS = {
    "orders": clean_orders,
    "customers": clean_customers,
    "attributes": clean_customers,
    "payments": clean_payments,
    "contacts": clean_contacts,
}
SIGNS = {
    **dict.fromkeys(
        ("¥", "￥", "元", "千元", "万元", "百万元", "亿元", "万", "亿", "RMB", "CNY", "CN¥", "人民币"), "¥"
    ),
    **dict.fromkeys(("$", "US$", "USD", "美元"), "$"),
    **dict.fromkeys(("€", "EUR", "欧元"), "€"),
    **dict.fromkeys(("£", "GBP", "英镑"), "£"),
    **dict.fromkeys(("HK$", "HKD", "港元", "港币"), "HK$"),
}


def build_dataset(sources: Sequence[Source], progress: Callable[[float], None] | None = None) -> Dataset:
    """Files with their mappings → the cleaned dataset.

    Parameters
    ----------
    sources
        Per file: its reading, its mapping, the SHA-256 of its bytes (hex) and its name. Orders files are put one
        under the other, order lines without customers are joined to the file that has their orders; customers
        files complete each other, and what the orders say about their customers fills the gaps; payments, contacts
        and outside data are joined as `with_side_figures` says. The order in which the files are given changes
        nothing but the order of rows.

    Raises
    ------
    DataProblem
        Those of ``clean_orders``, ``clean_customers``, ``clean_payments`` and ``clean_contacts``; NO_USABLE_ROWS
        where no order line counts.
    """
    currency, key = currency_of(sources), fingerprint(sources)
    sources = lines_with_their_headers(sources)
    cleaned = []
    for place, (reading, mapping, _, name) in enumerate(sources, start=1):
        cleaned.append(CLEANERS[mapping.role](reading, mapping, name))
        if progress is not None:
            progress(place / len(sources))
    orders = _stacked([one.table for one in cleaned if one.facts.role == "orders"])
    if orders is not None and not orders.num_rows:
        raise DataProblem(Problem.NO_USABLE_ROWS, set_aside={})
    listed = merged_customers([cleaned[place].table for place in _customer_files(sources)])
    named = any(mapping.customer_field == "customer_name" for _, mapping, _, _ in sources if mapping.role == "orders")
    derived = None if orders is None else customers_of_orders(orders, named)
    told = merged_customers([table for table in (listed, derived) if table is not None])
    dataset = Dataset(
        orders=orders,
        customers=told,
        set_aside=pa.concat_tables([one.set_aside for one in cleaned], promote_options="default"),
        sources=tuple(one.facts for one in cleaned),
        fingerprint=key,
        currency=currency,
        unmatched=_unmatched(orders, listed),
    )
    return with_side_tables(dataset, _side_files(sources, cleaned), listed)


def lines_with_their_headers(sources: Sequence[Source]) -> list[Source]:
    """The sources, with each file of order lines and the file of its order headers as one."""
    left = list(sources)
    for lines in sources:
        headers = next((one for one in left if are_headers_and_lines(Mapped(*one[:2]), Mapped(*lines[:2]))), None)
        if headers is not None:
            together = _together(headers, lines)
            left = [together if one is lines else one for one in left if one is not headers]
    return left


def _together(headers: Source, lines: Source) -> Source:
    reading, mapping = joined(Mapped(*headers[:2]), Mapped(*lines[:2]))
    return reading, mapping, headers[2] + lines[2], f"{headers[3]} + {lines[3]}"


def fingerprint(sources: Sequence[Source]) -> str:
    """SHA-256 (hex) over the files' hashes and what their columns stand for, whatever order they come in."""
    entries = sorted(f"{digest} {_mapping_key(mapping)}" for _, mapping, digest, _ in sources)
    return hashlib.sha256("\n".join(entries).encode()).hexdigest()


def currency_of(sources: Sequence[Source]) -> str:
    """The one currency sign of all money columns, empty where none is given or they differ."""
    codes = set()
    for reading, mapping, _, _ in sources:
        money = {header for key in MONEY_FIELDS for header in mapping.headers(key)}
        codes |= {code for one in reading.columns if one.name in money for code in _currencies(one)}
    return shown_as(codes.pop()) if len(codes) == 1 else ""


def _currencies(column: Column) -> set[str]:
    """Codes of the currencies that a column's header and cells name; that of its unit where they name none."""
    unit = column.unit.strip()
    named = [column.currency, *column.currencies] if column.currencies or column.currency else [SIGNS.get(unit, unit)]
    codes = {code_of(currency_named(currency), named) for currency in named if currency}
    return codes - {""}


def _mapping_key(mapping: Mapping) -> str:
    """What a mapping decides, in one form: not how sure it was."""
    return json.dumps([mapping.role, sorted(mapping.columns.items())], ensure_ascii=False)


def _side_files(sources: Sequence[Source], cleaned: Sequence[Cleaned]) -> list[Given]:
    """Files that are neither orders nor customers, in an order that does not depend on how they were given."""
    pairs = zip(sources, cleaned, strict=True)
    found = [(source, one) for source, one in pairs if source[1].role not in ("orders", "customers")]
    found.sort(key=lambda pair: (pair[0][2], _mapping_key(pair[0][1])))
    return [Given(one.facts.role, one.table, source[1].customer_field == "customer_name") for source, one in found]


def _customer_files(sources: Sequence[Source]) -> list[int]:
    """Places of the customers files in an order that does not depend on how they were given."""
    places = [place for place, source in enumerate(sources) if source[1].role == "customers"]
    return sorted(places, key=lambda place: (sources[place][2], _mapping_key(sources[place][1])))


def _stacked(orders: list[pa.Table]) -> pa.Table | None:
    if len(orders) < 2:
        return orders[0] if orders else None
    stacked = pa.concat_tables(one_type(orders), promote_options="permissive")
    for place, name in enumerate(stacked.column_names):
        if pa.types.is_decimal(stacked[name].type):
            stacked = stacked.set_column(place, name, fixed_decimals(stacked[name]))
    return stacked


def _unmatched(orders: pa.Table | None, customers: pa.Table | None) -> Unmatched | None:
    if orders is None or customers is None:
        return None
    ordering, listed = (set(table["customer_id"].unique().to_pylist()) for table in (orders, customers))
    return Unmatched(tuple(sorted(ordering - listed)), tuple(sorted(listed - ordering)))
