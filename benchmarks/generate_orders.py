"""Realistic order lines, seeded, streamed in date order: ``python benchmarks/generate_orders.py 10M o.parquet``."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

FIRST_DAY = np.datetime64("2021-01-01", "D")
DAYS = 1461
LINES_PER_CUSTOMER = 100
LINES_PER_ORDER = 3.5
PRODUCTS, CATEGORIES = 2_000, 25
RETURN_SHARE = 0.02
BATCH_LINES = 1_000_000
SCHEMA = pa.schema(
    {
        "customer_id": pa.string(),
        "order_id": pa.string(),
        "order_date": pa.date32(),
        "product": pa.string(),
        "category": pa.string(),
        "quantity": pa.float64(),
        "amount": pa.decimal128(18, 2),
        "cost": pa.decimal128(18, 2),
    }
)


@dataclass(frozen=True)
class Market:
    """The customers (heavy-tailed demand, a start, perhaps an end, a favourite range) and the price list in cents."""

    demand: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    favourite: np.ndarray
    prices: np.ndarray


def market(customers: int, random: np.random.Generator) -> Market:
    """Half the customers are there from the first day, the others arrive over time; a third leave."""
    starts = np.where(random.random(customers) < 0.5, 0, random.integers(0, DAYS - 60, customers))
    stay = random.exponential(2.5 * DAYS, customers).astype(np.int64) + 30
    return Market(
        demand=random.pareto(1.3, customers) + 0.05,
        starts=starts,
        ends=starts + stay,
        favourite=random.integers(0, PRODUCTS, customers),
        prices=np.round(np.exp(random.normal(9.0, 1.4, PRODUCTS))).astype(np.int64) + 50,
    )


def order_batches(lines: int, seed: int = 7) -> Iterator[pa.RecordBatch]:
    """``lines`` order lines in batches of a million, in date order; the same seed gives the same lines."""
    root = np.random.SeedSequence(seed)
    customers = max(lines // LINES_PER_CUSTOMER, 3)
    shop = market(customers, np.random.default_rng(root.spawn(1)[0]))
    sizes = [min(BATCH_LINES, lines - done) for done in range(0, lines, BATCH_LINES)]
    written = 0
    for batch, (size, stream) in enumerate(zip(sizes, root.spawn(len(sizes)), strict=True)):
        first, last = DAYS * batch // len(sizes), DAYS * (batch + 1) // len(sizes)
        yield _batch(shop, np.random.default_rng(stream), size, (first, max(last, first + 1)), written)
        written += size


def _batch(
    shop: Market, random: np.random.Generator, size: int, days: tuple[int, int], first_order: int
) -> pa.RecordBatch:
    """Whole orders of one slice of time, the last one cut off at ``size`` lines."""
    lengths = random.geometric(1 / LINES_PER_ORDER, size)
    orders = int(np.searchsorted(np.cumsum(lengths), size)) + 1
    order = np.repeat(np.arange(orders), lengths[:orders])[:size]
    day = np.sort(_trading_days(random, days, orders))
    returned = random.random(orders) < RETURN_SHARE
    customer = _buyers(shop, random, day)
    names = np.strings.zfill((np.arange(orders) + first_order).astype(str), 9)
    heads = {
        "customer_id": _numbered("C", customer, 7),
        "order_id": pa.array(np.strings.add(np.where(returned, "RE", "SO"), names)),
        "order_date": pa.array((FIRST_DAY + day).astype("datetime64[D]"), pa.date32()),
    }
    lines = _lines(shop, random, customer[order], np.where(returned, -1, 1)[order])
    columns = {name: column.take(pa.array(order)) for name, column in heads.items()} | lines
    return pa.RecordBatch.from_arrays([columns[name] for name in SCHEMA.names], schema=SCHEMA)


def _trading_days(random: np.random.Generator, days: tuple[int, int], orders: int) -> np.ndarray:
    """Days of the slice, fewer on weekends and more towards the end of each quarter."""
    span = np.arange(*days)
    weekday = (FIRST_DAY + span).astype("datetime64[D]").astype(np.int64) % 7
    weight = np.where((weekday == 2) | (weekday == 3), 0.05, 1.0) * (1 + 0.4 * (span % 91) / 91)
    return random.choice(span, orders, p=weight / weight.sum())


def _buyers(shop: Market, random: np.random.Generator, day: np.ndarray) -> np.ndarray:
    """A customer for each order by demand, among those active; three draws, then whoever was drawn."""
    reach = np.cumsum(shop.demand)
    buyer = np.searchsorted(reach, random.random(len(day)) * reach[-1])
    for _ in range(3):
        absent = (day < shop.starts[buyer]) | (day > shop.ends[buyer])
        buyer[absent] = np.searchsorted(reach, random.random(int(absent.sum())) * reach[-1])
    return buyer


def _lines(shop: Market, random: np.random.Generator, customer: np.ndarray, sign: np.ndarray) -> dict[str, pa.Array]:
    """What is on each line: products near the customer's favourite, list prices less up to 15 %."""
    size = len(customer)
    product = (shop.favourite[customer] + random.geometric(0.02, size)) % PRODUCTS
    quantity = sign * random.geometric(0.1, size)
    listed = quantity * shop.prices[product]
    return {
        "product": _numbered("P", product, 5),
        "category": _numbered("Category ", product * CATEGORIES // PRODUCTS, 2),
        "quantity": pa.array(quantity.astype(float)),
        "amount": _money(listed * random.integers(85, 101, size) // 100),
        "cost": _money(listed * 6 // 10),
    }


def _numbered(prefix: str, numbers: np.ndarray, digits: int) -> pa.Array:
    names = np.strings.add(prefix, np.strings.zfill(np.arange(int(numbers.max()) + 1).astype(str), digits))
    return pa.array(names).take(pa.array(numbers))


def _money(cents: np.ndarray) -> pa.Array:
    """Whole cents → DECIMAL(18, 2), exactly: 128 bits are the value and its sign."""
    words = np.column_stack([cents, cents >> 63]).astype(np.int64)
    return pa.Array.from_buffers(SCHEMA.field("amount").type, len(cents), [None, pa.py_buffer(words.tobytes())])


def write_orders(lines: int, path: Path, seed: int = 7) -> None:
    """Write ``lines`` order lines as CSV or Parquet, by the ending of ``path``, a batch at a time."""
    writer = (
        pacsv.CSVWriter(path, SCHEMA) if path.suffix == ".csv" else pq.ParquetWriter(path, SCHEMA, compression="zstd")
    )
    with writer:
        for batch in order_batches(lines, seed):
            writer.write_batch(batch)


def line_count(text: str) -> int:
    """``10M`` → 10,000,000; ``500k`` → 500,000."""
    units = {"k": 1_000, "M": 1_000_000}
    return int(text[:-1]) * units[text[-1]] if text[-1] in units else int(text)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("lines", type=line_count, help="1M, 10M, 50M or any number")
    arguments.add_argument("path", type=Path, help="where to write: .parquet or .csv")
    arguments.add_argument("--seed", type=int, default=7)
    chosen = arguments.parse_args()
    write_orders(chosen.lines, chosen.path, chosen.seed)
