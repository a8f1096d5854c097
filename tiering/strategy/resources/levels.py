"""The best service level for each customer under the hours there are, beside the level it has today."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix, eye, kron, vstack

from tiering.evaluate import Tiering
from tiering.strategy.resources.load import Capacity, capacity, served_now
from tiering.strategy.resources.services import Values, customer_margins, served_as, tier_services

Picks = NDArray[np.intp]
HALVINGS = 200
SOLVED = 0
CORES = (60, 200)
GOOD_ENOUGH = 1e-7  # of the bound: closer than any assumption is known


@dataclass(frozen=True)
class BestLevels:
    """The answer.

    Attributes
    ----------
    levels
        Level of each customer (n,).
    value, hours
        Sum over the customers.
    hour_price
        What one more hour earns: the shadow price of the linear relaxation, 0 where hours are left over.
    bound
        No choice of levels earns more than this; equal to ``value`` where it is proven best.
    """

    levels: Picks
    value: float
    hours: float
    hour_price: float
    bound: float


@dataclass(frozen=True)
class Choices:
    """What there is to choose from: ``value`` and ``hours`` (n, k), the first level of every customer the cheapest."""

    value: Values
    hours: Values

    def picked(self, price: float) -> Picks:
        """Level (n,) of the greatest value less ``price`` per hour; of equal ones the one with fewest hours."""
        net = self.value - price * self.hours
        best = net.max(axis=1, keepdims=True)
        return np.where(net == best, self.hours, np.inf).argmin(axis=1)

    def total(self, which: Values, levels: Picks) -> float:
        """Sum of ``which`` over the levels picked."""
        return float(which[np.arange(len(levels)), levels].sum())


def best_levels(value: Values, hours: Values, capacity: float, seconds: float = 3.0) -> BestLevels:
    """One level per customer, the greatest sum of ``value`` (n, k) with at most ``capacity`` of ``hours`` (n, k).

    First the linear relaxation is solved by its price per hour; levels that cannot be part of a best choice at that
    price are ruled out, and the few customers still open are settled by an integer program (HiGHS), stopped after
    ``seconds``. Thousands of customers are solved exactly in well under a second.

    Raises
    ------
    ValueError
        When even the cheapest levels take more than ``capacity``.

    References
    ----------
    Sinha & Zoltners (1979), Operations Research 27 (multiple-choice knapsack); Lodish (1971), Management Science 18
    (CALLPLAN: visits by judged response).
    """
    choices = Choices(np.asarray(value, float), np.asarray(hours, float))
    if choices.hours.min(axis=1).sum() > capacity * (1 + 1e-12):
        raise ValueError("the cheapest levels take more hours than there are")
    prices = hour_price(choices, capacity)
    price = prices[1]
    levels = _rounded(choices, prices, capacity)
    bound = _bound(choices, price, capacity)
    rounding = 1e-12 * max(abs(bound), 1.0)
    if price > 0 and bound - choices.total(choices.value, levels) > rounding:
        levels, bound = _settled(choices, price, capacity, (levels, seconds))
    earned, taken = choices.total(choices.value, levels), choices.total(choices.hours, levels)
    return BestLevels(levels, earned, taken, price, max(bound, earned))


def hour_price(choices: Choices, capacity: float) -> tuple[float, float]:
    """Price per hour (the dual value) at which the hours asked for just fit: the last one that is too low, and it."""
    if choices.total(choices.hours, choices.picked(0.0)) <= capacity:
        return 0.0, 0.0
    low, high = 0.0, _steepest(choices)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        fits = choices.total(choices.hours, choices.picked(middle)) <= capacity
        low, high = (low, middle) if fits else (middle, high)
    return low, high


def _rounded(choices: Choices, prices: tuple[float, float], capacity: float) -> Picks:
    """Levels at the price; of the customers who change level just there, as many as fit stand on the upper one."""
    levels, upper = choices.picked(prices[1]), choices.picked(prices[0])
    rows = np.arange(len(levels))
    more = choices.hours[rows, upper] - choices.hours[rows, levels]
    left = capacity - choices.total(choices.hours, levels)
    fitting = np.cumsum(np.where(more > 0, more, 0.0)) <= left
    return np.where(fitting, upper, levels)


def _steepest(choices: Choices) -> float:
    """A price above which every customer takes its cheapest level."""
    cheapest = choices.hours.argmin(axis=1)[:, None]
    more = choices.hours - np.take_along_axis(choices.hours, cheapest, 1)
    gain = choices.value - np.take_along_axis(choices.value, cheapest, 1)
    slopes = np.divide(gain, more, out=np.zeros_like(gain), where=more > 0)
    return float(max(slopes.max(), 0.0)) * 2 + 1e-9


def _bound(choices: Choices, price: float, capacity: float) -> float:
    return float((choices.value - price * choices.hours).max(axis=1).sum()) + price * capacity


def _settled(choices: Choices, price: float, capacity: float, known: tuple[Picks, float]) -> tuple[Picks, float]:
    """Best levels and their bound: integer programs over growing cores of customers nearest to changing level.

    What a customer loses at the price by another level is what the whole loses at least: who loses more than the
    gap between the bound and the best known choice is settled, and the rest makes the next core.
    """
    levels, seconds = known
    bound = _bound(choices, price, capacity)
    net = choices.value - price * choices.hours
    losses = net.max(axis=1, keepdims=True) - net
    for core_size in CORES:
        core = np.argsort(np.partition(losses, 1, axis=1)[:, 1], kind="stable")[:core_size]
        levels, is_best = _improved(choices, core, (levels, capacity), seconds / len(CORES))
        gap = bound - choices.total(choices.value, levels)
        is_open = (losses <= gap * (1 + 1e-9) + 1e-13 * abs(bound)).sum(axis=1) > 1
        if is_best and is_open.sum() <= core_size and np.isin(np.flatnonzero(is_open), core).all():
            return levels, choices.total(choices.value, levels)
        if gap <= GOOD_ENOUGH * abs(bound):
            break
    return levels, bound


def _improved(choices: Choices, core: Picks, known: tuple[Picks, float], seconds: float) -> tuple[Picks, bool]:
    """Levels with those of the ``core`` chosen anew by an integer program, and whether nothing better exists."""
    levels, capacity = known
    rest = np.delete(np.arange(len(levels)), core)
    left = capacity - float(choices.hours[rest, levels[rest]].sum())
    found = _integer_program(choices.value[core], choices.hours[core], left, seconds)
    if found is None:
        return levels, False
    changed = levels.copy()
    changed[core] = found[0]
    if choices.total(choices.value, changed) < choices.total(choices.value, levels):
        return levels, False
    return changed, found[1]


def _integer_program(value: Values, hours: Values, left: float, seconds: float) -> tuple[Picks, bool] | None:
    """Level of each customer (rows) within ``left`` hours, and whether it is proven best; None without an answer."""
    customers, levels = value.shape
    each_once = kron(eye(customers), np.ones((1, levels)))
    found = milp(
        -value.ravel(),
        constraints=LinearConstraint(
            csr_matrix(vstack([each_once, csr_matrix(hours.ravel())])),
            [*np.ones(customers), -np.inf],
            [*np.ones(customers), left],
        ),
        integrality=np.ones(value.size),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0.0, "time_limit": seconds},
    )
    if found.x is None:
        return None
    return found.x.reshape(value.shape).argmax(axis=1), found.status == SOLVED


@dataclass(frozen=True)
class Allocation:
    """What is and what would be best.

    Attributes
    ----------
    best
        Its levels: 0 no personal service, 1 that of the last tier, … the number of tiers that of the top tier.
    now
        Level of each customer (n,) by its tier today.
    worth
        Margin a year (n, levels) that each level keeps or wins, as assumed.
    capacity
        The hours there are.
    served
        Who gets the service of its tier today (n,).
    """

    best: BestLevels
    now: np.ndarray
    worth: Values
    hours: Values
    capacity: Capacity
    served: NDArray[np.bool_]

    @property
    def value_now(self) -> float:
        """What today's levels keep or win with those who are served: the same as in the profit of the tiers."""
        rows = np.flatnonzero(self.served)
        return float(self.worth[rows, self.now[rows]].sum())

    @property
    def hours_now(self) -> float:
        """Hours today's levels ask for."""
        return float(self.hours[self.now].sum())

    @property
    def gains(self) -> Values:
        """Margin a year (n,) by which the best level beats that of the tier; negative where hours are given up."""
        rows = np.arange(len(self.now))
        gains: Values = self.worth[rows, self.best.levels] - self.worth[rows, self.now]
        return gains


def allocation(tiering: Tiering, seconds: float = 2.0) -> Allocation:
    """Tiers → the best service levels under the capacity.

    A level is worth the customer's margin times the level's uplift; a customer without margin is worth nothing at
    any level. All uplifts off by a band move every worth alike: the levels stay the best, the sums move by the band.
    """
    services = tier_services(tiering.scenario)[::-1]
    uplift = np.array([0.0, *(service.uplift for service in services)])
    hours = np.array([0.0, *(service.hours for service in services)])
    worth = np.maximum(customer_margins(tiering), 0.0)[:, None] * uplift
    there = capacity(tiering)
    best = best_levels(worth, np.broadcast_to(hours, worth.shape), there.hours, seconds)
    return Allocation(best, len(services) - served_as(tiering), worth, hours, there, served_now(tiering))
