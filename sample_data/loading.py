"""Read the stored sets and say them in Chinese or English, under human headers or canonical names."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from sample_data.tables import HERE, Language, market, words

LANGUAGES: tuple[Language, ...] = ("zh", "en")
SECTIONS = {
    "order_type": "order_types",
    "customer_type": "customer_types",
    "industry": "industries",
    "size": "sizes",
    "region": "regions",
    "city": "cities",
    "decision_chain": "decision_chains",
    "stage": "stages",
    "owner": "owners",
}
ORDER_COLUMNS = (
    "order_id", "order_date", "order_type", "customer_id", "customer_name",
    "product", "category", "quantity", "unit_price", "amount", "cost",
)  # fmt: skip
CANONICAL_ORDER_COLUMNS = (
    "customer_id", "order_date", "amount", "order_id", "product", "category", "quantity", "cost", "order_type",
)  # fmt: skip
OWN_COLUMNS = ("order_type", "customer_type", "employees")
FIRST_ORDER = 2_000_000
FIGURES = ("employees", "satisfaction", "overdue_days", "annual_potential")


def load_sample(key: str, language: Language) -> tuple[pa.Table, pa.Table]:
    """Give the orders and customers of a set as a file of that language has them.

    Headers and values are in the language, money is decimal128(18, 2), dates are date32, counts are integers.
    The figures, ids and the sequence of rows are the same in all languages.

    Raises
    ------
    KeyError
        When there is no such set or language.
    """
    orders, customers = _spoken(key, language)
    orders = orders.select(ORDER_COLUMNS)
    return headed(orders, language, orders.column_names), headed(customers, language, customers.column_names)


def load_canonical(key: str, language: Language) -> tuple[pa.Table, pa.Table]:
    """Give the orders and customers of a set under canonical column names, ready for a data set.

    Orders: ``customer_id``, ``order_date`` date32, ``amount`` and ``cost`` decimal128(18, 2), ``quantity``
    float64, the rest string. Customers: figures float64, ``contract_end`` date32 (in sets that have contracts),
    the rest string; unknown values are null. Columns that stand for no field of a data set (order type, customer
    type, employees) keep the header of the file, as those of an upload do.

    Raises
    ------
    KeyError
        When there is no such set or language.
    """
    orders, customers = _spoken(key, language)
    orders = _recast(orders.select(CANONICAL_ORDER_COLUMNS), {"quantity": pa.float64()})
    customers = _recast(customers, dict.fromkeys(FIGURES, pa.float64()))
    return headed(orders, language, OWN_COLUMNS), headed(as_fields(customers), language, OWN_COLUMNS)


def as_fields(customers: pa.Table) -> pa.Table:
    """Give the columns that stand for a field of a data set the name of that field."""
    return customers.rename_columns(
        ["wallet" if name == "annual_potential" else name for name in customers.column_names]
    )


def headed(table: pa.Table, language: Language, columns: Collection[str]) -> pa.Table:
    """Give the named columns the header they have in a file of that language."""
    headers = words()["headers"]
    return table.rename_columns([headers[name][language] if name in columns else name for name in table.column_names])


def stored_path(key: str, role: str) -> Path:
    """Where the ``orders`` or ``customers`` of a set are stored."""
    return HERE / f"{key}_{role}.parquet"


def _spoken(key: str, language: Language) -> tuple[pa.Table, pa.Table]:
    """Both tables with keys replaced by the words of the language, under canonical names."""
    products, categories = market(key)["products"], market(key)["categories"]
    customers = _spoken_customers(pq.read_table(stored_path(key, "customers")), language)
    orders = pq.read_table(stored_path(key, "orders"))
    names = dict(zip(customers["customer_id"].to_pylist(), customers["customer_name"].to_pylist(), strict=True))
    said = {
        "order_id": _order_ids(orders),
        "order_type": _said(orders["order_type"], _words("order_types", language)),
        "customer_id": orders["customer_id"].cast(pa.string()),
        "customer_name": _said(orders["customer_id"], names),
        "product": _said(orders["product"], {name: row[language] for name, row in products.items()}),
        "category": _said(
            orders["product"], {name: categories[row["category"]][language] for name, row in products.items()}
        ),
    }
    stored = {name: orders[name] for name in orders.column_names if name not in said}
    return pa.table(said | stored), customers


def _spoken_customers(customers: pa.Table, language: Language) -> pa.Table:
    said = {"customer_id": customers["customer_id"], "customer_name": customers[f"name_{language}"]}
    for name in customers.column_names:
        if name in SECTIONS:
            said[name] = _said(customers[name].dictionary_encode(), _words(SECTIONS[name], language))
        elif not name.startswith("name_"):
            said[name] = customers[name]
    return pa.table(said)


def _order_ids(orders: pa.Table) -> pa.ChunkedArray:
    """SO2000001 for orders; RT for returns and credit notes, which are no orders."""
    back = pc.less(orders["quantity"], 0)
    digits = pc.cast(pc.add(orders["order_number"], FIRST_ORDER), pa.string())
    return pc.binary_join_element_wise(pc.if_else(back, "RT", "SO"), digits, "")


def _words(section: str, language: Language) -> dict[str, str]:
    return {key: row[language] for key, row in words()[section].items()}


def _said(keys: pa.ChunkedArray, names: dict[str, str]) -> pa.ChunkedArray:
    """Replace each key by its name; works on the dictionary, not on the rows."""
    codes = keys.combine_chunks()
    spoken = pa.array([names[key] for key in codes.dictionary.to_pylist()], pa.string())
    return pa.chunked_array([spoken.take(codes.indices)])


def _recast(table: pa.Table, types: dict[str, pa.DataType]) -> pa.Table:
    fields = [pa.field(field.name, types.get(field.name, field.type)) for field in table.schema]
    return table.cast(pa.schema(fields))
