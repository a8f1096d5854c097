"""Order dates: each customer's own rhythm on the business clock, and the large projects in between."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sample_data.generator.lives import Lives
from sample_data.generator.market import Flags, Floats, Habits, Ints
from sample_data.generator.seasons import Clock

LARGEST_ORDER = 60.0  # in median yearly spends


@dataclass(frozen=True)
class Visits:
    """One entry per order: whose, on which day, worth about how much (yuan), and whether it is a project."""

    customer: Ints
    day: Ints
    value: Floats
    project: Flags


def draw_visits(rng: np.random.Generator, lives: Lives, habits: Habits, clock: Clock) -> Visits:
    """Draw each customer's orders as a gamma renewal process that speeds up or slows down with its growth."""
    tempo = np.where(np.abs(lives.growth) < 1e-3, 1e-3, lives.growth / 2)
    load = lives.rate * np.expm1(tempo * lives.span) / tempo
    customer, beat = _beats(rng, lives, load)
    time = lives.start[customer] + np.log1p(tempo[customer] * beat / lives.rate[customer]) / tempo[customer]
    project = (rng.random(len(customer)) < habits.project_share) | lives.one_off[customer]
    factor = np.where(project, habits.project_factor * (0.5 + rng.random(len(customer))), 1.0)
    noise = np.exp(0.45 * rng.standard_normal(len(customer)) - 0.1)
    value = np.minimum(_usual_value(lives, customer, time) * factor * noise, LARGEST_ORDER * habits.median_spend)
    return Visits(customer, clock.day_at(time), value, project)


def _beats(rng: np.random.Generator, lives: Lives, load: Floats) -> tuple[Ints, Floats]:
    """Running sums of gaps of mean one, per customer up to ``load``; the first always falls in the window."""
    room = np.where(lives.one_off, 1, np.ceil(load + 4 * np.sqrt(load) + 4)).astype(np.int64)
    customer = np.repeat(np.arange(len(load)), room)
    shape = lives.regularity[customer]
    gaps = rng.standard_gamma(shape) / shape
    opening = np.cumsum(room) - room
    waits = rng.random(len(load)) * np.minimum(gaps[opening], load)
    gaps[opening] = np.where(lives.fresh, 0.0, waits)
    running = np.cumsum(gaps)
    beat = running - np.repeat(running[opening] - gaps[opening], room)
    kept = beat <= load[customer]
    return customer[kept], beat[kept]


def _usual_value(lives: Lives, customer: Ints, time: Floats) -> Floats:
    """What an order of this customer is worth at this time; half of its growth shows here, half in the tempo."""
    since_middle = time - ((lives.start + lives.end) / 2)[customer]
    return (lives.spend / lives.rate)[customer] * np.exp(lives.growth[customer] / 2 * since_middle)
