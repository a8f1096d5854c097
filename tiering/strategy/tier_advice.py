"""What to do for each tier: its playbook, its KPIs and its recommendations, in one value per tier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tiering.evaluate import Tiering
from tiering.strategy.evidence import Evidence, evidence_of
from tiering.strategy.kpis import Kpi, steering_kpis
from tiering.strategy.playbooks import Playbook
from tiering.strategy.recommend import Recommendation, recommendations
from tiering.strategy.service_levels import tier_playbooks

MOST_PER_TIER = 5


@dataclass(frozen=True)
class TierAdvice:
    """Advice for one tier.

    Attributes
    ----------
    tier, name
        Tier number, 0 the top, and the scheme's name for it.
    staff
        People its customers take at the playbook's ratio, part-time ones counted whole.
    recommendations
        At most five, most money at stake first; ``more`` counts those left out.
    edited
        Texts that the scenario words its own way: language → key of the text → text.
    """

    tier: int
    name: str
    playbook: Playbook
    customers: int
    staff: int
    kpis: tuple[Kpi, ...]
    recommendations: tuple[Recommendation, ...]
    more: int
    edited: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


Found = tuple[Recommendation, ...]


def advice(tiering: Tiering, evidence: Evidence | None = None, found: Found | None = None) -> tuple[TierAdvice, ...]:
    """Tiers → advice per tier, top first; customers without a score are in none of them.

    ``evidence`` and ``found`` are those of this tiering, where the caller has them already.
    """
    evidence = evidence or evidence_of(tiering.base)
    found = recommendations(tiering, evidence) if found is None else found
    books = enumerate(tier_playbooks(tiering.scenario))
    return tuple(_tier_advice(tiering, evidence, found, (tier, book)) for tier, book in books)


def _tier_advice(tiering: Tiering, evidence: Evidence, found: Found, place: tuple[int, Playbook]) -> TierAdvice:
    tier, book = place
    here = tuple(part for part in found if part.tier == tier)
    customers = int(tiering.totals.customers[tier])
    return TierAdvice(
        tier=tier,
        name=tiering.scenario.tiers[tier],
        playbook=book,
        customers=customers,
        staff=-(-customers // each) if (each := book.service.customers_each) else 0,
        kpis=steering_kpis(tiering, evidence, tier, book),
        recommendations=here[:MOST_PER_TIER],
        more=max(len(here) - MOST_PER_TIER, 0),
        edited={str(language): texts for language, texts in tiering.scenario.playbooks.texts.items()},
    )
