"""The tables of a set as they lie in its Parquet files: keys instead of words, exact decimals, dates."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sample_data.generator.attributes import Attributes
from sample_data.generator.companies import draw_companies, draw_groups, with_groups
from sample_data.generator.contracts import NO_CONTRACT
from sample_data.generator.lines import KINDS, Lines
from sample_data.generator.market import FIRST_DAY, Ints, Market
from sample_data.generator.standing import stages, tiers_a_year_ago

FIRST_ID = 10001
GROUPED = 0.08
MONEY = pa.decimal128(18, 2)


def stored_orders(lines: Lines, market: Market) -> pa.Table:
    """Arrow table of the lines, one row each, in their sequence."""
    ids = [customer_id(row) for row in range(int(lines.customer.max()) + 1)]
    return pa.table(
        {
            "order_number": pa.array(lines.order, pa.int32()),
            "order_type": _keys(lines.kind, KINDS),
            "customer_id": _keys(lines.customer, ids),
            "order_date": dates(lines.day),
            "product": _keys(lines.product, market.products.keys),
            "quantity": pa.array(lines.quantity, pa.int32()),
            "unit_price": money(lines.unit_price),
            "amount": money(lines.amount),
            "cost": money(lines.unit_cost * lines.quantity),
        }
    )


def stored_customers(rng: np.random.Generator, attributes: Attributes, lines: Lines, ends: Ints) -> pa.Table:
    """Arrow table of the customers, names in both languages, one row each."""
    count = len(attributes.city)
    parent = draw_groups(rng, count, GROUPED)
    companies = draw_companies(rng, attributes.industry, attributes.size)
    companies = with_groups(companies, parent, attributes.city)
    columns: dict[str, Any] = {
        "customer_id": [customer_id(row) for row in range(count)],
        "name_zh": [company.zh for company in companies],
        "name_en": [company.en for company in companies],
        "parent_id": [customer_id(row) if row >= 0 else None for row in parent.tolist()],
        **known(attributes),
        "stage": stages(lines, count),
        "current_tier": tiers_a_year_ago(rng, lines, count),
    }
    if (ends != NO_CONTRACT).any():
        columns["contract_end"] = dates(ends, ends == NO_CONTRACT)
    return pa.table(columns)


def customer_id(row: int) -> str:
    """The id of a customer by its place in the table."""
    return f"C{FIRST_ID + row}"


def money(fen: Ints) -> pa.Array:
    """Exact decimals with two places from whole fen."""
    words = np.stack([fen, fen >> 63], axis=1).astype("<i8")  # 128-bit two's complement, low word first
    return pa.Array.from_buffers(MONEY, len(fen), [None, pa.py_buffer(words.tobytes())])


def dates(day: Ints, missing: NDArray[np.bool_] | None = None) -> pa.Array:
    """Dates from day numbers of the window."""
    epoch = (FIRST_DAY - date(1970, 1, 1)).days
    return pa.array((day + epoch).astype(np.int32), mask=missing).cast(pa.date32())


def known(attributes: Attributes) -> dict[str, Any]:
    """Attributes as columns, unknown figures null."""
    return {
        "customer_type": attributes.customer_type,
        "industry": attributes.industry,
        "size": attributes.size,
        "employees": pa.array(attributes.employees, pa.int32()),
        "region": attributes.region,
        "city": attributes.city,
        "decision_chain": attributes.decision_chain,
        "satisfaction": _whole(attributes.satisfaction),
        "credit": attributes.credit,
        "overdue_days": _whole(attributes.overdue_days),
        "annual_potential": pa.array(attributes.annual_potential, from_pandas=True).cast(pa.int64()),
        "owner": attributes.owner,
    }


def _whole(figures: NDArray[np.float64]) -> pa.Array:
    return pa.array(figures, from_pandas=True).cast(pa.int32())


def _keys(codes: Ints, keys: Any) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32()), pa.array(keys, pa.string()))
