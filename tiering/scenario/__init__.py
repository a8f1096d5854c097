"""Every choice of one tiering, frozen and serialisable; the same scenario on the same data gives the same tiers."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import Field, ValidationError, model_validator

from tiering.problems import DataProblem, Problem
from tiering.scenario.exceptions import Ledger, Review, TierRules
from tiering.scenario.measures import Measures, Newcomers, Stated
from tiering.scenario.plan import Crm, Experiments, Playbooks, Resources
from tiering.scenario.population import OF_THE_DATA, Existing, Money, Population
from tiering.scenario.touches import MEASURED, Frozen, Measured, Touches, touching
from tiering.scenario.validation import validation_problem
from tiering.scenario.ways import Cuts, OtherWay, Way

VERSION: Final = 2
SEAL_AND_LOG: Final = ("seal", "log")  # what a file holds beside the choices: see ``tiering.decision.saved``
SCHEMES: dict[str, tuple[str, ...]] = {
    "sabc": ("S", "A", "B", "C"),
    "abc": ("A", "B", "C"),
    "sab": ("S", "A", "B"),
}

Share = Annotated[float, Field(ge=0, le=1)]
Points = Annotated[float, Field(ge=0, le=100)]
Weight = Annotated[int, Field(ge=0, le=100)]
TierName = Annotated[str, Field(pattern=r"^\S(.{0,38}\S)?$")]
Hue = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]
Goal = Literal["value", "balanced", "market_share", "profitability", "retention", "own"]
COUNTED: Final = Touches(rule=True, base=True, shared=True, stays="next file")
Part = TypeVar("Part", bound="Frozen")
_SAME_MEANING = (1,)  # earlier versions whose fields all mean what they mean now; what they lack has its default


class Anchors(Frozen):
    """Frozen scale of one indicator: raw values at ``points`` (ascending) stand for ``levels`` (0..1, ascending).

    With a ``median`` above 0 the points are on the scale log1p(value / median). With a ``pull`` above 0 a value made
    of w orders is first drawn towards ``collective``: w / (w + pull) of it stays the customer's own.
    """

    points: Annotated[tuple[Measured, ...], Field(min_length=1)]
    levels: tuple[Share, ...]
    median: Annotated[float, Field(ge=0, le=MEASURED)] = 0.0
    collective: Measured = 0.0
    pull: Annotated[float, Field(ge=0)] = 0.0

    @model_validator(mode="after")
    def ensure_a_scale(self) -> Anchors:
        """As many levels as points, both ascending."""
        if len(self.points) != len(self.levels):
            raise ValueError("one level for each point")
        if any(not a < b for a, b in pairwise(self.points)) or any(not a <= b for a, b in pairwise(self.levels)):
            raise ValueError("points and levels in ascending order")
        return self


class Scenario(Frozen):
    """All choices behind a set of tiers.

    ``cuts`` None means "propose them from the data"; ``anchors`` holds the frozen scale of an indicator, an
    indicator that is not in it is scaled by the data at hand; ``as_of`` None means the last order date.
    ``way`` draws the tiers in another way than by ``cuts``, which wait meanwhile; ``hues`` are own colours of the
    tiers, none or one for each. ``answers`` are those given to questions about what the lines of the files mean.
    """

    version: Annotated[Literal[2], Touches()] = VERSION
    name: Annotated[str, Field(max_length=200), Touches()] = ""
    tiers: Annotated[tuple[TierName, ...], Touches(rule=True)] = SCHEMES["sabc"]
    weights: Annotated[dict[str, Weight], Touches(rule=True)] = Field(default_factory=dict)
    goal: Annotated[Goal, Touches(rule=True)] = "value"
    cuts: Annotated[Cuts | None, Touches(rule=True, stays="next file")] = None
    revenue: Annotated[Literal["net", "gross"], COUNTED] = "net"
    window_months: Annotated[int, Field(ge=1, le=60), COUNTED] = 12
    as_of: Annotated[date | None, Touches(shared=True, stays="never", told="as_of")] = None
    anchors: Annotated[dict[str, Anchors], replace(COUNTED, link=False)] = Field(default_factory=dict)
    rules: Annotated[TierRules, Touches(rule=True)] = TierRules()
    ledger: Annotated[Ledger, Touches(rule=True, link=False)] = Ledger()
    way: Annotated[OtherWay | None, Touches(rule=True)] = None
    hues: Annotated[tuple[Hue, ...], Touches()] = ()
    resources: Annotated[Resources, Touches()] = Resources()
    playbooks: Annotated[Playbooks, Touches()] = Playbooks()
    experiments: Annotated[Experiments, Touches()] = Experiments()
    measures: Annotated[Measures, Touches(rule=True, base=True)] = Measures()
    newcomers: Annotated[Newcomers, Touches(rule=True, base=True)] = Newcomers()
    stated: Annotated[Stated, Touches()] = Stated()
    population: Annotated[Population, OF_THE_DATA] = Population()
    money: Annotated[Money, Touches(stays="never", told="money")] = Money()
    review: Annotated[Review, Touches(stays="next file")] = Review()
    crm: Annotated[Crm, Touches(stays="next file")] = Crm()
    existing: Annotated[Existing, Touches(stays="never", told="existing")] = Existing()
    answers: Annotated[dict[str, Any], Touches(link=False)] = Field(default_factory=dict)

    @model_validator(mode="after")
    def ensure_lines_fit_tiers(self) -> Scenario:
        """Two to six tiers with names of their own, and one line fewer than tiers."""
        if not 2 <= len(self.tiers) <= 6 or len(set(self.tiers)) != len(self.tiers):
            raise ValueError("two to six tiers with different names")
        if self.cuts is not None and not self.cuts.fits(len(self.tiers)):
            raise ValueError("one cut line fewer than tiers")
        if self.way is not None and not self.way.fits(len(self.tiers)):
            raise ValueError("a way of drawing lines made for another number of tiers")
        if self.hues and len(self.hues) != len(self.tiers):
            raise ValueError("one colour for each tier")
        return self

    def key(self, holds: Callable[[Touches], bool]) -> str:
        """The choices whose declaration holds, as a key for what depends on no others."""
        return self.model_dump_json(include=touching(type(self), holds))

    @property
    def drawn(self) -> Way | None:
        """What draws the tiers, None where lines are still to be proposed."""
        return self.way if self.way is not None else self.cuts

    @property
    def line_kind(self) -> str:
        """How the tiers are drawn: one of ``ways.KINDS``."""
        return "score" if self.drawn is None else self.drawn.kind

    @property
    def drawn_by_score(self) -> bool:
        """Whether the tiers lie between lines by score; other ways look at the indicators themselves."""
        return self.drawn is None or self.drawn.by_score


def drawn_in(way: Way | None) -> dict[str, Way | None]:
    """Changes of a scenario that draw its tiers in this way; None leaves the lines to be proposed."""
    return {"way": None, "cuts": way} if way is None or isinstance(way, Cuts) else {"way": way}


def scenario_fields(text: str) -> dict[str, Any]:
    """Text of a scenario file → its fields as the present version names them, retired ones too, not yet checked.

    Raises
    ------
    DataProblem
        SCENARIO_NOT_JSON (no JSON, or no object) or SCENARIO_NEWER (made by a later version).
    """
    fields = _fields(text.removeprefix("\ufeff"))
    version = fields.get("version", VERSION)
    if type(version) is int and version > VERSION:
        raise DataProblem(Problem.SCENARIO_NEWER, version=version, known=VERSION)
    return {**fields, "version": VERSION} if type(version) is int and version in _SAME_MEANING else fields


def checked(part: type[Part], fields: dict[str, Any]) -> Part:
    """Fields → ``part``, every value within its range.

    Raises
    ------
    DataProblem
        As in ``validation_problem`` (``where``: the field), SCENARIO_NOT_JSON for text that is no Unicode.
    """
    try:
        return part.model_validate_json(json.dumps(fields))
    except ValidationError as error:
        first = error.errors(include_context=False)[0]
        if first["type"] == "json_invalid":
            raise DataProblem(Problem.SCENARIO_NOT_JSON) from error
        where = ".".join(str(step) for step in first["loc"]) or "tiers / cuts"
        code, facts = validation_problem(error.errors()[0])
        raise DataProblem(code, where=where, **facts) from error


def _fields(text: str) -> dict[str, Any]:
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DataProblem(Problem.SCENARIO_NOT_JSON) from error
    if not isinstance(fields, dict):
        raise DataProblem(Problem.SCENARIO_NOT_JSON)
    return fields
