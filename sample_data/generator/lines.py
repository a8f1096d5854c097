"""Order lines: which products, how many, at what price and cost; money in whole fen (cents) throughout."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from sample_data.generator.market import DAYS, YEAR, Flags, Floats, Ints, Market, Products, rounded

KINDS = ("sale", "project", "subscription", "return", "credit_note")
USUAL_MARGIN = 0.35
LARGEST_DISCOUNT = 14  # per cent
WHOLE_YUAN_FROM = 100_000  # fen
SALE, PROJECT, SUBSCRIPTION, RETURN, CREDIT_NOTE = range(len(KINDS))


@dataclass(frozen=True)
class Lines:
    """One entry per order line; ``order`` numbers orders in any order, ``amount`` is quantity × unit price."""

    customer: Ints
    day: Ints
    order: Ints
    product: Ints
    quantity: Ints
    unit_price: Ints
    unit_cost: Ints
    kind: Ints

    @property
    def amount(self) -> Ints:
        """Money of each line in fen, negative for returns."""
        return self.quantity * self.unit_price

    def at(self, rows: Ints | Flags) -> Lines:
        """Take the given lines, or those a mask selects."""
        return Lines(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})


def joined(parts: list[Lines]) -> Lines:
    """Put sets of lines together, their order numbers kept apart."""
    shifts = np.cumsum([0] + [int(part.order.max(initial=-1)) + 1 for part in parts])
    columns = {field.name: [getattr(part, field.name) for part in parts] for field in fields(Lines)}
    columns["order"] = [part.order + shift for part, shift in zip(parts, shifts, strict=False)]
    return Lines(**{name: np.concatenate(values) for name, values in columns.items()})


def appeal(products: Products) -> Floats:
    """How readily each product sells, one row a day: new ones not before their launch, fading ones ever less."""
    day = np.arange(DAYS)[:, None]
    age = day - products.launch
    ripening = np.clip((age + 60) / 360, 0.0, 1.0)
    fade = np.where(products.fading, 1.0 - 0.9 * day / DAYS, 1.0)
    return np.where(age >= 0, products.popularity * ripening * fade, 0.0)


def fit(products: Products, value: Floats) -> Floats:
    """How well a usual batch of each product matches the money to be spent."""
    distance = np.log(value)[:, None] - np.log(products.price * products.batch)[None, :]
    affordable = value[:, None] > 0.6 * products.price[None, :]
    return np.exp(-0.35 * distance**2) * np.where(affordable, 1.0, 1e-4) + 1e-9


def priced(market: Market, product: Ints, day: Ints, value: Floats, haggling: Floats) -> tuple[Ints, Ints]:
    """Unit price and unit cost in fen: large orders and hagglers (0..1) pay less than the list price of the year."""
    year = (day / YEAR).astype(np.int64)
    listed, cost = market.price_lists[year, product], market.cost_lists[year, product]
    points = np.clip(4 + 4 * np.log10(value / market.habits.median_spend), 0, LARGEST_DISCOUNT) + 3 * haggling
    generosity = np.minimum((1 - market.products.cost_share[product]) / USUAL_MARGIN, 1.0)
    price = rounded(listed * (100 - np.floor(points * generosity).astype(np.int64)), 100)
    return np.where(price >= WHOLE_YUAN_FROM, rounded(price, 100) * 100, price), cost


def draw_taste(rng: np.random.Generator, market: Market, spend: Floats) -> Floats:
    """Categories each customer buys from: one to five, more for larger ones; the others hardly ever."""
    kinds = len(market.categories)
    level = np.clip(np.log(spend / market.habits.median_spend) * 0.6, -1.0, 3.0)
    breadth = 1 + np.clip(np.round(1.0 + level + rng.random(len(spend))), 0, 4)
    rank = np.argsort(np.argsort(rng.random((len(spend), kinds)), axis=1), axis=1)
    return np.where(rank < breadth[:, None], 1.0, 0.015)
