"""Subscriptions: the products a customer pays for month by month, its renewals and the end of its contract."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sample_data.generator.lines import SUBSCRIPTION, Lines, fit, priced
from sample_data.generator.lives import Lives
from sample_data.generator.market import DAYS, FIRST_DAY, YEAR, Ints, Market, pick
from sample_data.generator.seasons import Clock, working_days

BILLING_MONTHS = {"none": 0, "month_1": 1, "month_3": 3, "month_12": 12}
PREPAYMENT = {0: 1.0, 1: 1.0, 3: 0.96, 12: 0.85}
PRODUCTS_AT_MOST = 5
NO_CONTRACT = -1


@dataclass(frozen=True)
class Contracts:
    """One entry per customer: months paid at a time (0: none), first bill, last day of service, day numbers."""

    months: Ints
    first: Ints
    last: Ints


def draw_contracts(rng: np.random.Generator, market: Market, lives: Lives, clock: Clock) -> Contracts:
    """Draw how each customer pays; large ones by the year, one-off customers not at all."""
    ways = market.habits.billing
    months = np.array([BILLING_MONTHS[way] for way in ways])
    weights = np.array(list(ways.values()))[None, :] * np.ones((len(lives.spend), 1))
    large = lives.spend > 3 * market.habits.median_spend
    weights = np.where(large[:, None] & (months == 1), weights * 0.4, weights)
    chosen = np.where(lives.one_off, 0, months[pick(rng, weights)])
    first = clock.day_at(lives.start + 1e-9)
    first = np.where(lives.fresh, first, rng.integers(0, 30 * np.maximum(chosen, 1) + 1))
    return Contracts(chosen, np.minimum(first, DAYS - 1), clock.day_at(lives.end))


def bill(rng: np.random.Generator, market: Market, lives: Lives, contracts: Contracts) -> Lines:
    """One order per customer and period, one line per product that runs then."""
    customer, day = _bills(contracts)
    chosen, share = _subscriptions(rng, market, lives, contracts)
    order = np.repeat(np.arange(len(customer)), PRODUCTS_AT_MOST)
    product, share = chosen[customer].ravel(), share[customer].ravel()
    customer, day = customer[order], day[order]
    running = (share > 0) & (day >= market.products.launch[product])
    order, product, customer, day, share = (x[running] for x in (order, product, customer, day, share))
    monthly = _monthly_value(rng, market, lives, customer, day) * share
    quantity = np.maximum(1, np.round(monthly / market.products.price[product])).astype(np.int64)
    months = contracts.months[customer]
    price, cost = priced(rng, market, product, day, monthly * 12)
    prepaid = np.array([PREPAYMENT.get(month, 1.0) for month in range(13)])[months]
    price = np.round(price * prepaid).astype(np.int64) * months
    kind = np.full(len(order), SUBSCRIPTION)
    return Lines(customer, day, order, product, quantity, price, cost * months, kind)


def contract_ends(contracts: Contracts, lines: Lines) -> Ints:
    """Last day paid for by the last bill, rounded up to a full year for those who pay by the month."""
    ends = np.full(len(contracts.months), NO_CONTRACT)
    billed = lines.at(lines.kind == SUBSCRIPTION)
    last = np.full(len(ends), -1)
    np.maximum.at(last, billed.customer, billed.day)
    has = last >= 0
    paid = np.maximum(contracts.months, 1) * 30.4375
    years = np.ceil((last + paid - contracts.first) / YEAR - 0.02)
    ends[has] = (contracts.first + np.round(years * YEAR) - 1)[has].astype(np.int64)
    return ends


def _bills(contracts: Contracts) -> tuple[Ints, Ints]:
    """Dates on which bills fall due: every so many calendar months from the first."""
    count = np.where(contracts.months > 0, 36 // np.maximum(contracts.months, 1) + 1, 0)
    customer = np.repeat(np.arange(len(count)), count)
    turn = np.arange(len(customer)) - np.repeat(np.cumsum(count) - count, count)
    first = np.datetime64(FIRST_DAY) + contracts.first[customer]
    month = first.astype("datetime64[M]")
    into = np.minimum((first - month).astype(int), 27)
    due = (month + turn * contracts.months[customer]).astype("datetime64[D]") + into
    day = (due - np.datetime64(FIRST_DAY)).astype(int)
    kept = (day >= contracts.first[customer] - 3) & (day <= np.minimum(contracts.last[customer], DAYS - 1)) & (day >= 0)
    return customer[kept], working_days(day[kept])


def _subscriptions(rng, market, lives, contracts):
    products = market.products
    value = lives.spend / 12
    weights = products.popularity * fit(products, value) * np.where(products.term, 1.0, 0.0)
    order = np.argsort(-weights * rng.gamma(0.6, size=weights.shape), axis=1)[:, :PRODUCTS_AT_MOST]
    count = 1 + np.clip(
        rng.poisson(0.5 + 0.4 * np.clip(np.log(lives.spend / market.habits.median_spend) + 1, 0, 3)), 0, 4
    )
    share = rng.standard_gamma(1.0, order.shape) + 0.1
    share = np.where(np.arange(PRODUCTS_AT_MOST) < count[:, None], share, 0.0)
    return order, share / share.sum(axis=1, keepdims=True)


def _monthly_value(rng, market, lives, customer, day):
    growth = lives.growth[customer] * (day - DAYS / 2) / YEAR
    usage = np.exp(market.habits.usage_noise * rng.standard_normal(len(customer)))
    return lives.spend[customer] / 12 * np.exp(growth) * usage
