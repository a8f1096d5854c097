"""What a tier is for, by its place between top and base: service level, words and KPIs, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["top", "upper", "middle", "base"]
Staff = Literal["manager", "inside"]
Sponsor = Literal["quarterly", "yearly", "none"]


@dataclass(frozen=True)
class ServiceLevel:
    """What a customer may expect: hours to a first answer, who looks after how many customers, visits, sponsor.

    ``customers_each`` is 0 where nobody has time for a customer of this level.
    """

    response_hours: float
    staff: Staff
    customers_each: int
    visits_a_year: float
    sponsor: Sponsor = "none"


@dataclass(frozen=True)
class Playbook:
    """How one tier is worked.

    Attributes
    ----------
    emphasis
        Text key of what the strategic goal adds, empty when it adds nothing.
    kpis
        Keys of the measures this tier is steered by, most telling first.
    """

    role: Role
    service: ServiceLevel
    kpis: tuple[str, ...]
    emphasis: str = ""

    @property
    def text(self) -> str:
        """Key of its texts: ``headline``, ``what``, ``goal`` and ``model`` stand below it."""
        return f"strategy.role.{self.role}"


# A ladder of six levels; fewer tiers leave some out, so the distance from top to base stays the same. The figures
# are customary, not computed.
LADDER: tuple[tuple[Role, ServiceLevel], ...] = (
    ("top", ServiceLevel(2, "manager", 8, 12, "quarterly")),
    ("upper", ServiceLevel(4, "manager", 20, 6, "yearly")),
    ("upper", ServiceLevel(8, "manager", 35, 4)),
    ("middle", ServiceLevel(8, "inside", 60, 2)),
    ("middle", ServiceLevel(24, "inside", 120, 1)),
    ("base", ServiceLevel(48, "inside", 300, 0)),
)
LEVELS_USED: dict[int, tuple[int, ...]] = {
    2: (0, 5),
    3: (0, 1, 5),
    4: (0, 1, 3, 5),
    5: (0, 1, 2, 4, 5),
    6: (0, 1, 2, 3, 4, 5),
}
KPIS_OF: dict[Role, tuple[str, ...]] = {
    "top": ("repurchase_rate", "overdue_share", "average_revenue", "satisfaction", "margin_rate"),
    "upper": ("average_revenue", "repurchase_rate", "overdue_share", "satisfaction", "margin_rate"),
    "middle": ("repurchase_rate", "active_share", "average_revenue", "satisfaction", "returns_share"),
    "base": ("active_share", "repurchase_rate", "margin_rate", "returns_share"),
}
LED_BY: dict[str, tuple[str, ...]] = {
    "market_share": ("active_share", "average_revenue"),
    "profitability": ("margin_rate", "returns_share"),
    "retention": ("repurchase_rate", "overdue_share"),
}


def playbooks(tiers: int, goal: str) -> tuple[Playbook, ...]:
    """One playbook per tier, top first, for two to six tiers.

    The KPIs a goal is led by come first; a goal without an emphasis of its own (balanced, own weights) changes
    nothing.
    """
    return tuple(_playbook(*LADDER[level], goal) for level in LEVELS_USED[tiers])


def upper_tiers(tiers: int) -> int:
    """How many tiers from the top get close personal service: two, and one where there are only two tiers."""
    return 1 if tiers == 2 else 2


def _playbook(role: Role, service: ServiceLevel, goal: str) -> Playbook:
    led_by = LED_BY.get(goal, ())
    kpis = tuple(dict.fromkeys((*led_by, *KPIS_OF[role])))
    return Playbook(role, service, kpis, f"strategy.emphasis.{goal}.{role}" if led_by else "")
