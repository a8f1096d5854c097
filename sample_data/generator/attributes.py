"""What is known of each customer beside its orders: place, industry, size, how it decides, pays and feels."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sample_data.generator.lives import Lives
from sample_data.generator.market import Floats, Habits, Ints, pick
from sample_data.tables import words

SIZES = ("large", "medium", "small")
CHAINS = ("short", "medium", "long")
CREDITS = ("AAA", "AA", "A", "BBB", "BB", "B", "CCC", "CC", "C")
NO_ANSWER = 0.15
CREDIT_UNKNOWN = 0.04
POTENTIAL_UNKNOWN = 0.2


@dataclass(frozen=True)
class Attributes:
    """One entry per customer; keys of ``words.toml``, NaN or None where nobody knows."""

    industry: list[str]
    size: list[str]
    employees: Ints
    city: list[str]
    region: list[str]
    owner: list[str]
    customer_type: list[str]
    decision_chain: list[str]
    satisfaction: Floats
    credit: list[str | None]
    overdue_days: Floats
    annual_potential: Floats


def draw_attributes(rng: np.random.Generator, habits: Habits, lives: Lives) -> Attributes:
    """Draw attributes that go with the life: large companies buy more, declining ones are less content."""
    count = len(lives.spend)
    weight = np.log(lives.spend / habits.median_spend) / habits.spread + 0.9 * rng.standard_normal(count)
    scale = np.digitize(-weight, [-1.3, 0.1])
    soundness = 0.45 * weight + 0.5 * lives.growth + rng.standard_normal(count)
    city = _chosen(rng, {key: row["weight"] for key, row in words()["cities"].items()}, count)
    region = [words()["cities"][key]["region"] for key in city]
    return Attributes(
        industry=_chosen(rng, habits.industries, count),
        size=[SIZES[step] for step in scale],
        employees=_employees(rng, scale),
        city=city,
        region=region,
        owner=_owners(rng, region),
        customer_type=_chosen(rng, {"end_customer": 93, "dealer": 7}, count),
        decision_chain=_chains(rng, scale),
        satisfaction=_satisfaction(rng, lives),
        credit=_credits(rng, soundness),
        overdue_days=_overdue(rng, soundness),
        annual_potential=_potential(rng, lives, scale),
    )


def of_prospects(attributes: Attributes, buyers: int) -> Attributes:
    """Forget what only dealings could have told of the companies after the first ``buyers``."""
    unknown = np.arange(len(attributes.city)) >= buyers
    return replace(
        attributes,
        satisfaction=np.where(unknown, np.nan, attributes.satisfaction),
        overdue_days=np.where(unknown, np.nan, attributes.overdue_days),
    )


def _chosen(rng: np.random.Generator, weights: dict[str, int], count: int) -> list[str]:
    keys, weight = list(weights), np.array(list(weights.values()), dtype=float)
    return [keys[i] for i in pick(rng, np.broadcast_to(weight, (count, len(weight))))]


def _employees(rng: np.random.Generator, scale: Ints) -> Ints:
    middle = np.array([2600.0, 420.0, 60.0])[scale]
    return np.round(middle * np.exp(0.6 * rng.standard_normal(len(scale)))).astype(np.int64)


def _owners(rng: np.random.Generator, region: list[str]) -> list[str]:
    """Each region has its account owners; where it has several, customers are shared out."""
    owners = words()["owners"]
    by_region = {key: [name for name, row in owners.items() if row["region"] == key] for key in set(region)}
    draw = rng.random(len(region))
    return [by_region[key][int(x * len(by_region[key]))] for key, x in zip(region, draw, strict=True)]


def _chains(rng: np.random.Generator, scale: Ints) -> list[str]:
    weights = np.array([[0.1, 0.35, 0.55], [0.3, 0.5, 0.2], [0.7, 0.25, 0.05]])
    return [CHAINS[step] for step in pick(rng, weights[scale])]


def _satisfaction(rng: np.random.Generator, lives: Lives) -> Floats:
    answer = np.clip(np.round(3.8 + 1.6 * lives.growth + 0.85 * rng.standard_normal(len(lives.growth))), 1, 5)
    return np.where(rng.random(len(answer)) < NO_ANSWER, np.nan, answer)


def _credits(rng: np.random.Generator, soundness: Floats) -> list[str | None]:
    step = np.digitize(-soundness, [-1.6, -0.9, -0.2, 0.5, 1.1, 1.6, 2.1, 2.6])
    unknown = rng.random(len(step)) < CREDIT_UNKNOWN
    return [None if hidden else CREDITS[at] for at, hidden in zip(step, unknown, strict=True)]


def _overdue(rng: np.random.Generator, soundness: Floats) -> Floats:
    days = 6 - 7 * soundness + 6 * rng.standard_normal(len(soundness))
    return np.where(days > 0, np.round(days), 0.0)


def _potential(rng: np.random.Generator, lives: Lives, scale: Ints) -> Floats:
    """What the customer might spend in a year with all suppliers, to ten thousand yuan, often unknown."""
    wallet = lives.spend * np.array([3.0, 2.2, 1.7])[scale] * np.exp(0.4 * rng.standard_normal(len(scale)))
    rounded = np.maximum(1.0, np.round(wallet / 10_000)) * 10_000
    unknown: NDArray[np.bool_] = rng.random(len(scale)) < POTENTIAL_UNKNOWN
    return np.where(unknown, np.nan, rounded)
