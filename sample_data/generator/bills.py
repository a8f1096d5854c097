"""Bills of subscriptions: one order per customer and period, one line per product that runs then."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sample_data.generator.contracts import Contracts, due_dates
from sample_data.generator.lines import SUBSCRIPTION, Lines, fit, priced
from sample_data.generator.lives import Lives
from sample_data.generator.market import DAYS, FIRST_DAY, YEAR, Floats, Habits, Ints, Market, rounded

PREPAYMENT = {1: 100, 3: 96, 12: 85}  # per cent of the price for so many months ahead
PRODUCTS_AT_MOST = 5


@dataclass(frozen=True)
class Bundles:
    """One row per customer, one column per subscribed product, with its share of the monthly bill (0: none)."""

    product: Ints
    share: Floats


def draw_bills(rng: np.random.Generator, market: Market, lives: Lives, contracts: Contracts) -> Lines:
    """Bill every customer under contract when due, for as many months as it pays at a time."""
    customer, day = due_dates(contracts)
    bundles = _bundles(rng, market, lives)
    monthly = _monthly_value(rng, market.habits, lives, customer, day)
    running = (bundles.share[customer] > 0) & (day[:, None] >= market.products.launch[bundles.product[customer]])
    order, column = np.nonzero(running)
    customer, day = customer[order], day[order]
    product = bundles.product[customer, column]
    value = monthly[order] * bundles.share[customer, column]
    quantity = np.maximum(1, np.round(value / market.products.price[product])).astype(np.int64)
    months, haggling = contracts.months[customer], rng.random(len(lives.spend))
    price, cost = priced(market, product, day, value * 12, haggling[customer])
    price = rounded(price * _prepaid(months), 100) * months
    return Lines(customer, day, order, product, quantity, price, cost * months, np.full(len(order), SUBSCRIPTION))


def _bundles(rng: np.random.Generator, market: Market, lives: Lives) -> Bundles:
    """Products that suit the customer's size, more of them for larger customers."""
    products = market.products
    weights = np.where(products.term, products.popularity, 0.0) * fit(products, lives.spend / 12)
    liking = weights * rng.standard_gamma(0.6, weights.shape)
    product = np.argsort(-liking, axis=1)[:, : min(PRODUCTS_AT_MOST, products.term.sum())]
    level = np.clip(np.log(lives.spend / market.habits.median_spend) + 1, 0, 3)
    count = 1 + rng.poisson(0.5 + 0.4 * level)
    share = rng.standard_gamma(1.0, product.shape) + 0.1
    share = np.where(np.arange(product.shape[1]) < count[:, None], share, 0.0)
    return Bundles(product, share / share.sum(axis=1, keepdims=True))


def _monthly_value(rng: np.random.Generator, habits: Habits, lives: Lives, customer: Ints, day: Ints) -> Floats:
    """What a month costs the customer at that day; usage follows the season where it is metered."""
    value = lives.spend[customer] / 12 * np.exp(lives.growth[customer] * (day - DAYS / 2) / YEAR)
    if habits.usage_noise == 0:
        return value
    month = (np.datetime64(FIRST_DAY) + day).astype("datetime64[M]").astype(int) % 12
    usage = np.exp(habits.usage_noise * rng.standard_normal(len(customer)))
    return value * usage * np.array(habits.months)[month]


def _prepaid(months: Ints) -> Ints:
    """Per cent of the price each customer pays."""
    return np.array([PREPAYMENT.get(month, 100) for month in range(13)])[months]
