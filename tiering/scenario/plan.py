"""What a scenario remembers of the plan beside its tiers: assumptions on service and the texts that were edited."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from tiering.scenario import touches
from tiering.scenario.touches import Frozen, NamesTiers, Touches

Amount = Annotated[float, Field(ge=0, le=touches.MONEY)]
Share = Annotated[float, Field(ge=0, le=1)]
BY_TIER: Final = NamesTiers("keys")
COUNTED_ON: Final = Touches(stays="never", told="plan")  # people, money and baselines of one data set
HoursByTier = Annotated[dict[str, Annotated[float, Field(ge=0, le=touches.CUSTOMER_HOURS)]], BY_TIER]
LanguageCode = Annotated[str, Field(pattern=r"^[a-z]{2,3}(_[A-Za-z]{2,4})?$")]
Days = Annotated[int, Field(ge=1, le=730)]


class Resources(Frozen):
    """Assumptions on hours and money; what is None or left out of a dict by tier name is proposed.

    Attributes
    ----------
    people
        Account managers there are; None: as many as the data names owners, or as the service levels ask for.
    hours_per_person
        Hours a year one person has for customers.
    visits, hours_per_visit, desk_hours
        Per customer and year, by tier name; desk hours are those beside the visits.
    response_hours, sponsor
        Hours to a first answer, and how often the managements meet, by tier name.
    uplift
        Share of a customer's revenue that the service of this tier keeps or wins against none at all, by tier name.
    margin_rate
        Margin over revenue where the file has no cost; None: that of the file.
    win_times
        Cost of winning a customer over the cost of keeping one for a year.
    budget, reached
        Money a year to spread over the tiers (None: what is spent today), and the share of a tier's greatest uplift
        that today's spending reaches.
    band
        How far uplift may be off either way, as a share of itself.
    """

    people: Annotated[Annotated[float, Field(gt=0, le=touches.PEOPLE)] | None, COUNTED_ON] = None
    hours_per_person: Annotated[float, Field(gt=0, le=touches.YEAR_HOURS)] = 1600.0
    cost_per_hour: Annotated[float, Field(ge=0, le=touches.HOUR_COST)] = 150.0
    visits: Annotated[dict[str, Annotated[float, Field(ge=0, le=touches.VISITS)]], BY_TIER] = Field(
        default_factory=dict
    )
    hours_per_visit: HoursByTier = Field(default_factory=dict)
    desk_hours: HoursByTier = Field(default_factory=dict)
    response_hours: Annotated[dict[str, Annotated[float, Field(gt=0, le=touches.YEAR_HOURS)]], BY_TIER] = Field(
        default_factory=dict
    )
    sponsor: Annotated[dict[str, Literal["quarterly", "yearly", "none"]], BY_TIER] = Field(default_factory=dict)
    uplift: Annotated[dict[str, Share], BY_TIER] = Field(default_factory=dict)
    margin_rate: Annotated[Share | None, COUNTED_ON] = None
    win_times: Annotated[float, Field(ge=1, le=50)] = 7.0
    budget: Annotated[Amount | None, COUNTED_ON] = None
    reached: Annotated[float, Field(gt=0, lt=1)] = 0.7
    band: Share = 0.3


class Experiments(Frozen):
    """How a playbook is tested: ``seed`` of the draw, ``alpha``, ``power``, and the smallest ``effect`` worth it.

    ``held_out``: share of the customers who stay without it.
    """

    seed: Annotated[int, Field(ge=0, le=2**31)] = 20260930
    alpha: Annotated[float, Field(gt=0, lt=0.5)] = 0.05
    power: Annotated[float, Field(gt=0.5, lt=1)] = 0.8
    effect: Annotated[float, Field(gt=0, le=1)] = 0.10
    held_out: Annotated[float, Field(ge=0.1, le=0.9)] = 0.5


class Playbooks(Frozen):
    """Industry of the preset, and only what was edited.

    ``texts`` by language: ``{"en": {"strategy.role.top.goal": "…"}}``; ``due_days`` until an action should be done, by
    its kind; ``targets`` of measures by tier name and measure: ``{"S": {"satisfaction": 4.5}}``, shares 0 to 1.
    """

    industry: Literal["general", "equipment", "saas", "infrastructure", "finance", "distribution"] = "general"
    texts: dict[LanguageCode, dict[str, Annotated[str, Field(max_length=2000)]]] = Field(default_factory=dict)
    targets: Annotated[dict[str, dict[Annotated[str, Field(max_length=40)], Amount]], BY_TIER, COUNTED_ON] = Field(
        default_factory=dict
    )
    due_days: dict[Annotated[str, Field(max_length=40)], Days] = Field(default_factory=dict)


class CrmColumn(Frozen):
    """A column of the tiered customers under the name a CRM knows it by."""

    column: Annotated[str, Field(min_length=1, max_length=200)]
    name: Annotated[str, Field(min_length=1, max_length=200)]


class Crm(Frozen):
    """Columns of the file for the CRM, in their order; none: the customary ones under our names."""

    columns: Annotated[tuple[CrmColumn, ...], Field(max_length=200)] = ()

    @model_validator(mode="after")
    def ensure_each_once(self) -> Crm:
        """No column twice, and no name twice: a CRM could not tell them apart."""
        for listed in ([one.column for one in self.columns], [one.name for one in self.columns]):
            if len(set(listed)) != len(listed):
                raise ValueError("a column or a name is there twice")
        return self
