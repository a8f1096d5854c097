"""Any number of customers that behave like the sample ones: ``python benchmarks/generate_customers.py 1M FOLDER``."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from sample_data.generator.attributes import draw_attributes
from sample_data.generator.build import Streams, draw_lines, streams_of
from sample_data.generator.companies import brands
from sample_data.generator.contracts import NO_CONTRACT
from sample_data.generator.lines import KINDS, Lines
from sample_data.generator.lives import draw_lives
from sample_data.generator.market import Ints, Market, read_market
from sample_data.generator.seasons import business_clock
from sample_data.generator.standing import stages
from sample_data.generator.stored import dates, known, money
from sample_data.loading import OWN_COLUMNS, SECTIONS, as_fields, headed
from sample_data.tables import market as market_table
from sample_data.tables import words

SET = "industrial_equipment"
CHUNK = 20_000  # customers at a time; keeps the lines × products matrices small
FEW_ORDERS = {"orders_a_year": 0.8, "lines_an_order": 1.7}
SUFFIXES = {"k": 1_000, "m": 1_000_000}


def generated_customers(n: int, seed: int) -> tuple[pa.Table, pa.Table]:
    """Build orders and customers of ``n`` customers under canonical column names, in Chinese.

    Lives, seasons, spend and products are drawn as for the industrial sample set, with some five order lines a
    customer. The same ``n`` and ``seed`` give the same tables; the orders are sorted by customer block and date.
    """
    market = read_market(SET)
    parts = [
        _part(replace(market, habits=_habits(market, min(CHUNK, n - first))), streams_of(seed, first), first)
        for first in range(0, n, CHUNK)
    ]
    orders, customers = zip(*parts, strict=True)
    tables = pa.concat_tables(orders), pa.concat_tables(customers)
    return headed(tables[0], "zh", OWN_COLUMNS), headed(as_fields(tables[1]), "zh", OWN_COLUMNS)


def _habits(market: Market, customers: int) -> Any:
    return replace(market.habits, customers=customers, prospects=0, **FEW_ORDERS)


def _part(market: Market, streams: Streams, first: int) -> tuple[pa.Table, pa.Table]:
    """Orders and customers of one chunk, its customers numbered from ``first``."""
    clock = business_clock(market.habits.months)
    lives = draw_lives(streams["lives"], market.habits, clock)
    lines, ends = draw_lines(streams, market, lives, clock)
    ids = pc.binary_join_element_wise("C", _digits(np.arange(first, first + len(ends))), "")
    attributes = known(draw_attributes(streams["attributes"], market.habits, lives))
    return _orders(lines, ids, first), _customers(attributes, lines, ids, ends)


def _orders(lines: Lines, ids: pa.Array, first: int) -> pa.Table:
    products, categories = market_table(SET)["products"], market_table(SET)["categories"]
    prefix = pc.if_else(pa.array(lines.quantity < 0), "RT", "SO")
    return pa.table(
        {
            "customer_id": ids.take(pa.array(lines.customer)),
            "order_date": dates(lines.day),
            "amount": money(lines.amount),
            "order_id": pc.binary_join_element_wise(prefix, _digits(lines.order), f"-{first // CHUNK:03d}", ""),
            "product": _named([row["zh"] for row in products.values()], lines.product),
            "category": _named([categories[row["category"]]["zh"] for row in products.values()], lines.product),
            "quantity": pa.array(lines.quantity, pa.float64()),
            "cost": money(lines.unit_cost * lines.quantity),
            "order_type": _named([words()["order_types"][kind]["zh"] for kind in KINDS], lines.kind),
        }
    )


def _customers(attributes: dict[str, Any], lines: Lines, ids: pa.Array, ends: Ints) -> pa.Table:
    columns = {name: _said(name, values) for name, values in attributes.items()}
    brand = _named([word.zh for word in brands()], np.arange(len(ids)) % len(brands()))
    place = pc.binary_join_element_wise("（", columns["city"], "）有限公司 ", "")
    return pa.table(
        {
            "customer_id": ids,
            "customer_name": pc.binary_join_element_wise(brand, columns["industry"], place, ids, ""),
            **columns,
            "stage": _said("stage", stages(lines, len(ids))),
            "contract_end": dates(ends, ends == NO_CONTRACT),
        }
    )


def _said(name: str, values: Any) -> pa.Array:
    """Keys as Chinese words, figures as float64."""
    if isinstance(values, pa.Array):
        return values.cast(pa.float64())
    if name not in SECTIONS:
        return pa.array(values, pa.string())
    section = words()[SECTIONS[name]]
    codes = pa.array(values, pa.string()).dictionary_encode()
    return _named([section[key]["zh"] for key in codes.dictionary.to_pylist()], codes.indices)


def _named(names: list[str], codes: Any) -> pa.Array:
    return pa.array(names, pa.string()).take(pa.array(codes))


def _digits(numbers: Ints) -> pa.Array:
    return pc.utf8_lpad(pa.array(numbers).cast(pa.string()), 7, "0")


def _count(text: str) -> int:
    """Read 250, 100k or 1M."""
    factor = SUFFIXES.get(text[-1].lower(), 1)
    return int(text[:-1] if factor > 1 else text) * factor


def main() -> None:
    """Write ``orders.parquet`` and ``customers.parquet`` to the folder asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("customers", type=_count, help="how many, such as 10k, 100k or 1M")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    started = perf_counter()
    for name, table in zip(("orders", "customers"), generated_customers(asked.customers, asked.seed), strict=True):
        pq.write_table(table, asked.folder / f"{name}.parquet", compression="zstd")
        print(f"{name}: {table.num_rows:,} rows")
    print(f"{perf_counter() - started:.1f} s")


if __name__ == "__main__":
    main()
