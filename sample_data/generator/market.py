"""One set's catalogue and habits as arrays to draw from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sample_data.tables import market

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

FIRST_DAY = date(2023, 10, 1)
LAST_DAY = date(2026, 9, 30)
LONG_AGO = date(2020, 1, 1)
DAYS = (LAST_DAY - FIRST_DAY).days + 1
YEAR = 365.25
YEARS = range(4)


@dataclass(frozen=True)
class Products:
    """One entry per product; money in yuan, ``launch`` a day number of the window."""

    keys: tuple[str, ...]
    category: Ints
    price: Floats
    cost_share: Floats
    popularity: Floats
    batch: Floats
    launch: Ints
    term: Flags
    fading: Flags


@dataclass(frozen=True)
class Habits:
    """How the customers of one set behave: levels, shares and rates, all per set and none per customer."""

    customers: int
    prospects: int
    median_spend: float
    spread: float
    orders_a_year: float
    lines_an_order: float
    project_share: float
    project_factor: float
    return_share: float
    term_share: float
    months: list[float]
    billing: dict[str, float]
    industries: dict[str, int]
    usage_noise: float = 0.0
    price_trend: float = 0.03


@dataclass(frozen=True)
class Market:
    """Catalogue, categories and habits of one set; price and cost lists in fen, one row a year."""

    products: Products
    categories: tuple[str, ...]
    habits: Habits
    price_lists: Ints
    cost_lists: Ints


def read_market(key: str) -> Market:
    """Turn the set's table into arrays, products and categories in the order of the table."""
    tables = market(key)
    categories = tuple(tables["categories"])
    facts = {name: value for name, value in tables["set"].items() if name not in ("zh", "en")}
    products, habits = _products(tables["products"], categories), Habits(**facts)
    prices = [Decimal(str(row["price"])) for row in tables["products"].values()]
    costs = [price * Decimal(str(row["cost"])) for price, row in zip(prices, tables["products"].values(), strict=True)]
    return Market(products, categories, habits, _yearly(prices, habits), _yearly(costs, habits))


def rounded(dividend: Ints, divisor: int) -> Ints:
    """Divide whole numbers and round half up; in floats the halves would fall differently from machine to machine."""
    return (dividend + divisor // 2) // divisor


def _yearly(yuan: list[Decimal], habits: Habits) -> Ints:
    """Fen per year and product: the list of the first year, revised once a year."""
    factors = [(1 + Decimal(str(habits.price_trend))) ** year for year in YEARS]
    return np.array(
        [[int((100 * money * factor).quantize(Decimal(1), ROUND_HALF_UP)) for money in yuan] for factor in factors]
    )


def _products(rows: dict[str, dict[str, Any]], categories: tuple[str, ...]) -> Products:
    def column(name: str, default: Any = None) -> NDArray[Any]:
        return np.array([row.get(name, default) for row in rows.values()])

    return Products(
        keys=tuple(rows),
        category=np.array([categories.index(row["category"]) for row in rows.values()]),
        price=column("price").astype(float),
        cost_share=column("cost").astype(float),
        popularity=column("popularity").astype(float),
        batch=column("batch").astype(float),
        launch=np.array([(row.get("launched", LONG_AGO) - FIRST_DAY).days for row in rows.values()]),
        term=column("term", False),
        fading=column("fading", False),
    )


def pick(rng: np.random.Generator, weights: Floats) -> Ints:
    """Draw one column per row of ``weights``, in proportion to the row's weights."""
    reach = np.cumsum(weights, axis=1)
    target = rng.random(len(weights)) * reach[:, -1]
    return (reach <= target[:, None]).sum(axis=1)
