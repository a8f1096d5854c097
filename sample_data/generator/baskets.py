"""What is in an order placed at the customer's own rhythm: a few lines from the categories it likes."""

from __future__ import annotations

import numpy as np

from sample_data.generator.lines import PROJECT, SALE, Lines, appeal, fit, priced
from sample_data.generator.market import Floats, Ints, Market, pick
from sample_data.generator.visits import Visits


def fill_baskets(rng: np.random.Generator, market: Market, visits: Visits, taste: Floats) -> Lines:
    """Split each order's value over its lines and choose a product and quantity for each."""
    order, value = _line_values(rng, visits, market.habits.lines_an_order)
    customer, day = visits.customer[order], visits.day[order]
    product = _products(rng, market, day, value, taste[customer])
    unit_price, unit_cost = priced(market, product, day, visits.value[order], rng.random(len(order)))
    quantity = np.maximum(1, np.round(value * 100 / unit_price)).astype(np.int64)
    kind = np.where(visits.project[order], PROJECT, SALE)
    return _once_an_order(Lines(customer, day, order, product, quantity, unit_price, unit_cost, kind))


def _line_values(rng: np.random.Generator, visits: Visits, lines_an_order: float) -> tuple[Ints, Floats]:
    count = 1 + rng.poisson(lines_an_order - 1 + 2.0 * visits.project)
    order = np.repeat(np.arange(len(count)), count)
    share = rng.standard_gamma(1.2, len(order)) + 0.05
    whole = np.bincount(order, share)
    return order, visits.value[order] * share / whole[order]


def _products(rng: np.random.Generator, market: Market, day: Ints, value: Floats, taste: Floats) -> Ints:
    products = market.products
    weights = appeal(products)[day] * fit(products, value) * taste[:, products.category]
    return pick(rng, np.where(products.term, 0.0, weights))


def _once_an_order(lines: Lines) -> Lines:
    """A product stands once in an order."""
    key = lines.order * (lines.product.max() + 1) + lines.product
    return lines.at(np.sort(np.unique(key, return_index=True)[1]))
