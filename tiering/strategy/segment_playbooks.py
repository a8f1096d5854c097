"""What each segment of customers is for, and which adjustments of a playbook fit a customer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.indicators.levels import ordered_level
from tiering.ingest.meaning.word_lists import class_words
from tiering.movement.rhythm import AMBER, RED
from tiering.scenario import Scenario
from tiering.strategy.evidence import Evidence
from tiering.strategy.kpis import MEASURES, Kpi, kpis_of_members
from tiering.strategy.playbooks import LED_BY, Role, playbooks

Mask = NDArray[np.bool_]
RISKS = ("calm", "amber", "red")
FIELDS = ("goal", "service", "model", "pricing", "products", "retention", "winback", "research")
INDUSTRIES = ("general", "equipment", "saas", "infrastructure", "finance", "distribution")
INDUSTRY_FIELDS = ("service", "model", "pricing", "products", "retention")
CLOSE: tuple[Role, ...] = ("top", "upper")
SEGMENT_KPIS: dict[str, tuple[str, ...]] = {
    "high_value": ("overdue_share", "average_revenue", "satisfaction", "margin_rate"),
    "potential": ("active_share", "average_revenue", "repurchase_rate"),
    "general": ("active_share", "margin_rate", "returns_share"),
    "churn_risk": ("overdue_share", "repurchase_rate", "satisfaction"),
    "new": ("active_share", "average_revenue", "satisfaction"),
    "growing": ("average_revenue", "repurchase_rate", "active_share"),
    "mature": ("repurchase_rate", "overdue_share", "satisfaction", "margin_rate"),
    "declining": ("overdue_share", "repurchase_rate", "returns_share"),
}


# Groups that the goal's emphasis on a tier fits as well; who is leaving is won back whatever the goal.
EMPHASISED_AS: dict[str, Role] = {
    "high_value": "top", "potential": "upper", "general": "base", "new": "middle", "growing": "upper", "mature": "top",
}  # fmt: skip
Kinds = NDArray[np.object_]
MODIFIERS: dict[str, tuple[str, ...]] = {
    "size": ("small", "medium", "large"),
    "industry": ("manufacturing", "finance", "medical", "retail"),
    "frequency": ("high", "low"),
    "chain": ("short", "long"),
}
SIZES = ("small", "small", "medium", "large")  # by level: micro counts as small
OFTEN, SELDOM = 12, 3  # orders a year: monthly and more, and a project now and then; customary


@dataclass(frozen=True)
class SegmentPlaybook:
    """``texts``: field → key of its text; ``kpis``: measures, most telling first; ``emphasis``: key, empty for none."""

    texts: dict[str, str]
    kpis: tuple[str, ...]
    emphasis: str = ""


def tier_playbook(scenario: Scenario, tier: int) -> SegmentPlaybook:
    """Playbook of a tier (0 the top) under the scenario's goal."""
    book = playbooks(len(scenario.tiers), scenario.goal)[tier]
    texts = {name: f"playbook.role.{book.role}.{name}" for name in FIELDS}
    texts |= {name: f"strategy.role.{book.role}.{name}" for name in ("goal", "model")}
    return SegmentPlaybook(texts, book.kpis, book.emphasis)


def segment_playbook(scenario: Scenario, family: Literal["rfm", "lifecycle"], segment: str) -> SegmentPlaybook:
    """Playbook of an RFM group or a lifecycle stage; the measures the goal is led by come first."""
    texts = {name: f"playbook.{family}.{segment}.{name}" for name in FIELDS}
    led_by, role = LED_BY.get(scenario.goal, ()), EMPHASISED_AS.get(segment)
    emphasis = f"strategy.emphasis.{scenario.goal}.{role}" if led_by and role else ""
    return SegmentPlaybook(texts, tuple(dict.fromkeys((*led_by, *SEGMENT_KPIS[segment]))), emphasis)


def risk_playbook(scenario: Scenario, tier: int, risk: str) -> SegmentPlaybook:
    """The tier's playbook with retention and win-back by how late a customer is."""
    book = tier_playbook(scenario, tier)
    role = playbooks(len(scenario.tiers), scenario.goal)[tier].role
    reach = "close" if role in CLOSE else "wide"
    late = {name: f"playbook.risk_{reach}.{risk}.{name}" for name in ("retention", "winback")}
    return SegmentPlaybook(book.texts | late, book.kpis, book.emphasis)


def risks(evidence: Evidence) -> NDArray[np.intp]:
    """Place in `RISKS` (n,) by the chance of so long a silence by own rhythm; −1 where no rhythm is told."""
    tail = evidence.column("tail")
    codes = np.select([~np.isfinite(tail), tail < RED, tail < AMBER], [-1, 2, 1], 0)
    return codes.astype(np.intp)


def measures(evidence: Evidence, members: Mask, book: SegmentPlaybook) -> tuple[Kpi, ...]:
    """Measures of the playbook over its customers (n,): those with data and room for a target, or the next such."""
    found = kpis_of_members(evidence, members, tuple(dict.fromkeys((*book.kpis, *MEASURES))))
    return tuple(kpi for kpi in found if kpi.is_useful)[: len(book.kpis)]


def modifiers(customers: pd.DataFrame, window_months: int = 12) -> dict[str, Kinds]:
    """Customer table → for each side of `MODIFIERS` the kind of each customer (n,), empty where none fits.

    Between three and twelve orders a year no frequency stands out; a decision chain told in numbers has a scale we
    cannot know.
    """
    return {
        "size": _by_words(customers, "size", _size_of),
        "industry": _by_words(customers, "industry", _industry_of),
        "frequency": _frequency(customers, window_months),
        "chain": _by_words(customers, "decision_chain", _chain_of),
    }


def _by_words(customers: pd.DataFrame, column: str, kind_of: Callable[[str], str]) -> Kinds:
    """Kind of each customer by the distinct words of a column; a column of numbers tells none."""
    if column not in customers or pd.api.types.is_numeric_dtype(customers[column]):
        return np.full(len(customers), "", dtype=object)
    codes, distinct = pd.factorize(customers[column])
    kinds: Kinds = np.array([*(kind_of(str(word).strip().lower()) for word in distinct), ""], dtype=object)[codes]
    return kinds


def _size_of(word: str) -> str:
    level = ordered_level(pd.Series([word], dtype=object), "size").iloc[0]
    return "" if np.isnan(level) else SIZES[int(level)]


def _industry_of(word: str) -> str:
    return next((kind for kind, parts in class_words("industry").items() if any(part in word for part in parts)), "")


def _chain_of(word: str) -> str:
    return next((kind for kind, words in class_words("decision_chain").items() if word in words), "")


def _frequency(customers: pd.DataFrame, window_months: int) -> Kinds:
    if "annual_orders" not in customers:
        return np.full(len(customers), "", dtype=object)
    a_year = customers["annual_orders"].to_numpy(np.float64, na_value=np.nan) * 12 / window_months
    kinds: Kinds = np.array(["", "high", "low"], dtype=object)[
        np.select([a_year >= OFTEN, (a_year > 0) & (a_year <= SELDOM)], [1, 2], 0)
    ]
    return kinds
