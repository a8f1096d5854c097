"""What the numbers of a table say of each other: products, net and tax, lines that add up to their order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, permutations

import numpy as np
import pyarrow as pa

from tiering.decimals import doubles
from tiering.ingest.clean.amounts import as_decimal
from tiering.ingest.values.conversion import is_number

SAMPLE = 3_000  # rows that are enough to tell
MOSTLY = 0.98
CENT = 0.0101  # each number of a product may have been rounded to cents
RATES = 4  # different tax rates a country has
HIGHEST_RATE = 0.35
MOST_COLUMNS = 8  # numbers that are tried with each other

Figures = dict[str, np.ndarray]


def figures_of(table: pa.Table, headers: Sequence[str]) -> Figures:
    """Numbers of the named columns on rows spread evenly over the table; missing ones are NaN."""
    rows = np.unique(np.linspace(0, table.num_rows - 1, min(SAMPLE, table.num_rows)).astype(np.int64))
    chosen = [name for name in headers if is_number(table.schema.field(name).type)]
    sample = table.select(chosen).take(pa.array(rows)) if chosen and len(rows) else table.select([])
    return {name: doubles(as_decimal(sample[name])) for name in chosen}


def agrees(told: np.ndarray, computed: np.ndarray, cents: float = CENT) -> bool:
    """Whether the numbers are the same in nearly all rows that have both, and there are two such rows at least."""
    both = np.isfinite(told) & np.isfinite(computed)
    if both.sum() < 2 or len(np.unique(told[both])) < 2:
        return False
    near = np.abs(told[both] - computed[both]) <= cents + 1e-6 * np.abs(told[both])
    return bool(near.mean() >= MOSTLY)


def is_product(total: np.ndarray, first: np.ndarray, second: np.ndarray) -> bool:
    """Whether a column is the product of two others, in rows where that shows."""
    shows = (np.abs(first) != 1) & (np.abs(second) != 1) & (second != 0) & (first != 0)
    return shows.sum() >= 2 and agrees(total, first * second)


def is_priced(total: np.ndarray, quantity: np.ndarray, price: np.ndarray, discount: np.ndarray | None) -> bool:
    """Whether a column is what headers call quantity × price, less a discount."""
    for share in _shares(discount):
        if agrees(total, quantity * price * (1 - share)):
            return True
    return discount is not None and agrees(total, quantity * price - np.nan_to_num(discount))


def _shares(discount: np.ndarray | None) -> Iterator[np.ndarray | float]:
    """A discount as it may have been meant: none of the price, a share, a percentage."""
    yield 0.0
    if discount is not None:
        yield np.nan_to_num(discount)
        yield np.nan_to_num(discount) / 100


def products(figures: Figures) -> list[str]:
    """Columns that are the product of two others, whatever the headers say."""
    names = list(figures)[:MOST_COLUMNS]
    found = [
        total
        for total in names
        for first, second in combinations([one for one in names if one != total], 2)
        if is_product(figures[total], figures[first], figures[second])
        and np.nanmax(np.abs(figures[total])) > max(np.nanmax(np.abs(figures[one])) for one in (first, second))
    ]
    return list(dict.fromkeys(found))


def net_of(figures: Figures, taxes: Sequence[str]) -> tuple[str, str, str] | None:
    """Columns of net amount, tax and gross amount, None where no three are.

    The tax is called one (``taxes``), or stands in few rates to the net amount.
    """
    names = list(figures)[:MOST_COLUMNS]
    for net, tax, gross in permutations(names, 3):
        if agrees(figures[gross], figures[net] + figures[tax]) and _is_tax(figures[net], figures[tax], tax in taxes):
            return net, tax, gross
    return _net_beside_charges(figures, [name for name in names if name in taxes])


def _net_beside_charges(figures: Figures, taxes: Sequence[str]) -> tuple[str, str, str] | None:
    """Goods + freight or the like + tax = gross: the larger of the first two is the net amount."""
    for tax in taxes:
        others = [name for name in list(figures)[:MOST_COLUMNS] if name != tax]
        for first, second, gross in permutations(others, 3):
            large = np.nansum(figures[first]) > np.nansum(figures[second])
            total = figures[first] + figures[second] + figures[tax]
            if large and agrees(figures[gross], total) and _is_tax(figures[first], figures[tax], True):
                return first, tax, gross
    return None


def _is_tax(net: np.ndarray, tax: np.ndarray, called: bool) -> bool:
    both = np.isfinite(net) & np.isfinite(tax) & (net != 0)
    rates = tax[both] / net[both]
    if not len(rates) or np.median(rates) > HIGHEST_RATE or rates.min() < -0.001 or not (tax[both] != 0).any():
        return False
    return called or (len(rates) >= 3 and len(np.unique(np.round(rates, 2))) <= RATES)


def repeats_within(orders: np.ndarray, values: np.ndarray) -> bool:
    """Whether every order of several lines bears one value, and the values of such orders differ."""
    _, first, place, count = np.unique(orders, return_index=True, return_inverse=True, return_counts=True)
    known = np.isfinite(values)
    several = count[place] > 1
    if not known[several].all() or (count > 1).sum() < 2:
        return False
    same = np.isclose(values, values[first][place], rtol=0, atol=1e-9)
    return bool(same[several].all() and len(np.unique(values[several])) > 1)


def sums_within(orders: np.ndarray, values: np.ndarray) -> np.ndarray:
    """The sum of the order each row belongs to."""
    place = np.unique(orders, return_inverse=True)[1]
    return np.bincount(place, weights=np.nan_to_num(values))[place]
