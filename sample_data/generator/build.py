"""One sample set from one seed: the orders and customers tables as they are stored, without any language."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pyarrow as pa

from sample_data.generator.attributes import draw_attributes, of_prospects
from sample_data.generator.baskets import fill_baskets
from sample_data.generator.bills import draw_bills
from sample_data.generator.contracts import contract_ends, draw_contracts
from sample_data.generator.lines import Lines, draw_taste, joined
from sample_data.generator.lives import Lives, draw_lives
from sample_data.generator.market import Ints, Market, read_market
from sample_data.generator.returns import draw_returns
from sample_data.generator.seasons import Clock, business_clock
from sample_data.generator.stored import stored_customers, stored_orders
from sample_data.generator.visits import draw_visits
from sample_data.tables import SETS

SEED = 26
SUBJECTS = ("lives", "contracts", "visits", "baskets", "bills", "returns", "attributes")
Streams = dict[str, np.random.Generator]


def build_set(key: str) -> tuple[pa.Table, pa.Table]:
    """Draw one set: its orders (one row per line, by date) and its customers (one row each, by id)."""
    market = read_market(key)
    streams = streams_of(SEED, SETS.index(key))
    habits = market.habits
    clock = business_clock(habits.months)
    lives = _by_start(draw_lives(streams["lives"], habits, clock))
    lines, ends = draw_lines(streams, market, lives, clock)
    attributes = of_prospects(draw_attributes(streams["attributes"], habits, lives), habits.customers)
    customers = stored_customers(streams["attributes"], attributes, lines, ends)
    return stored_orders(lines, market), customers


def streams_of(seed: int, part: int) -> Streams:
    """One random stream per subject: another draw for one of them leaves the others as they were."""
    return {name: np.random.default_rng([seed, part, at]) for at, name in enumerate(SUBJECTS)}


def _by_start(lives: Lives) -> Lives:
    """Older customers have the lower ids."""
    sequence = np.argsort(lives.start, kind="stable")
    return Lives(**{field.name: getattr(lives, field.name)[sequence] for field in fields(Lives)})


def draw_lines(streams: Streams, market: Market, lives: Lives, clock: Clock) -> tuple[Lines, Ints]:
    """All order lines, and the contract end of each customer."""
    habits = market.habits
    contracts = draw_contracts(streams["contracts"], habits, lives, clock)
    by_bill = np.where(contracts.months > 0, habits.term_share, 0.0)
    bills = draw_bills(streams["bills"], market, replace(lives, spend=lives.spend * habits.term_share), contracts)
    visits = draw_visits(streams["visits"], replace(lives, spend=lives.spend * (1 - by_bill)), habits, clock)
    taste = draw_taste(streams["baskets"], market, lives.spend)
    sold = joined([fill_baskets(streams["baskets"], market, visits, taste), bills])
    sold = sold.at(sold.customer < habits.customers)  # the last ones are prospects
    billed = bills.at(bills.customer < habits.customers)
    returned = draw_returns(streams["returns"], sold, habits.return_share)
    return _numbered(joined([sold, returned])), contract_ends(contracts, billed.customer, billed.day)


def _numbered(lines: Lines) -> Lines:
    """Lines by day, their orders numbered from one in that sequence."""
    by_day = lines.at(np.lexsort((lines.product, lines.order, lines.day)))
    fresh = np.r_[True, by_day.order[1:] != by_day.order[:-1]]
    return replace(by_day, order=np.cumsum(fresh))
