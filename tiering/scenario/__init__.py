"""Every choice of one tiering, frozen and serialisable; the same scenario on the same data gives the same tiers."""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import Field, ValidationError, model_validator

from tiering.problems import DataProblem, Problem
from tiering.scenario.bounds import MEASURED, Measured
from tiering.scenario.exceptions import Ledger, TierRules
from tiering.scenario.existing import Existing
from tiering.scenario.frozen import Frozen
from tiering.scenario.measures import Measures, Newcomers, Stated
from tiering.scenario.plan import Crm, Experiments, Playbooks, Resources
from tiering.scenario.population import Money, Population
from tiering.scenario.review import Review
from tiering.scenario.wanted import wanted
from tiering.scenario.ways import Way, fits

VERSION: Final = 2
BESIDE: Final = ("seal", "log")  # what a file holds beside the choices: see ``tiering.decision.saved``
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
CutKind = Literal["score", "share", "revenue"]
LineKind = Literal["score", "share", "revenue", "standards", "capacity", "breaks", "majority"]
Part = TypeVar("Part", bound="Frozen")
_SAME_MEANING = (1,)  # earlier versions whose fields all mean what they mean now; what they lack has its default


class Cuts(Frozen):
    """Where the lines between tiers lie, top line first.

    ``score``: points 0..100, descending, on tenths of a point; a score on the line belongs to the upper tier.
    ``share``: cumulative share of customers above the line, ascending. ``revenue``: cumulative share of revenue
    above the line in score order, the crossing customer included, ascending.
    """

    kind: CutKind = "score"
    lines: tuple[float, ...]

    @model_validator(mode="after")
    def ensure_ordered(self) -> Cuts:
        """Lines are within range and in order, those by score on tenths."""
        top = 100.0 if self.kind == "score" else 1.0
        ordered = sorted(self.lines, reverse=self.kind == "score")
        if list(self.lines) != ordered or any(not 0 <= line <= top for line in self.lines):
            raise ValueError("cut lines out of order or out of range")
        if self.kind == "score" and any(abs(line * 10 - round(line * 10)) > 1e-6 for line in self.lines):
            raise ValueError("cut lines by score off the tenths of a point")
        return self


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

    version: Literal[2] = VERSION
    name: str = Field(default="", max_length=200)
    tiers: tuple[TierName, ...] = SCHEMES["sabc"]
    weights: dict[str, Weight] = Field(default_factory=dict)
    goal: Literal["balanced", "market_share", "profitability", "retention", "own"] = "balanced"
    cuts: Cuts | None = None
    revenue: Literal["net", "gross"] = "net"
    window_months: Annotated[int, Field(ge=1, le=60)] = 12
    as_of: date | None = None
    anchors: dict[str, Anchors] = Field(default_factory=dict)
    rules: TierRules = TierRules()
    ledger: Ledger = Ledger()
    way: Way | None = None
    hues: tuple[Hue, ...] = ()
    resources: Resources = Resources()
    playbooks: Playbooks = Playbooks()
    experiments: Experiments = Experiments()
    measures: Measures = Measures()
    newcomers: Newcomers = Newcomers()
    stated: Stated = Stated()
    population: Population = Population()
    money: Money = Money()
    review: Review = Review()
    crm: Crm = Crm()
    existing: Existing = Existing()
    answers: dict[str, Any] = Field(default_factory=dict)

    @model_validator(mode="after")
    def ensure_lines_fit_tiers(self) -> Scenario:
        """Two to six tiers with names of their own, and one line fewer than tiers."""
        if not 2 <= len(self.tiers) <= 6 or len(set(self.tiers)) != len(self.tiers):
            raise ValueError("two to six tiers with different names")
        if self.cuts is not None and len(self.cuts.lines) != len(self.tiers) - 1:
            raise ValueError("one cut line fewer than tiers")
        if self.way is not None and not fits(self.way, len(self.tiers)):
            raise ValueError("a way of drawing lines made for another number of tiers")
        if self.hues and len(self.hues) != len(self.tiers):
            raise ValueError("one colour for each tier")
        return self

    @property
    def line_kind(self) -> LineKind:
        """How the tiers are drawn."""
        if self.way is not None:
            return self.way.kind
        return self.cuts.kind if self.cuts is not None else "score"

    @property
    def drawn_by_score(self) -> bool:
        """Whether the tiers lie between lines by score; standards and majority look at the indicators themselves."""
        return self.line_kind not in ("standards", "majority")


def scenario_to_json(scenario: Scenario) -> str:
    """Indented JSON of a scenario, UTF-8 text, for a file people may read."""
    return scenario.model_dump_json(indent=2) + "\n"


def scenario_from_json(text: str) -> Scenario:
    """Scenario of a file's text; a byte order mark before it does not matter, nor what the file holds beside it.

    Raises
    ------
    DataProblem
        As in ``scenario_fields`` and ``checked``.
    """
    fields = scenario_fields(text)
    return checked(Scenario, {name: value for name, value in fields.items() if name not in BESIDE})


def scenario_fields(text: str) -> dict[str, Any]:
    """Text of a scenario file → its fields as the present version names them, not yet checked.

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
        As in ``wanted`` (``where``: the field), SCENARIO_NOT_JSON for text that is no Unicode.
    """
    try:
        return part.model_validate_json(json.dumps(fields))
    except ValidationError as error:
        first = error.errors(include_context=False)[0]
        if first["type"] == "json_invalid":
            raise DataProblem(Problem.SCENARIO_NOT_JSON) from error
        where = ".".join(str(step) for step in first["loc"]) or "tiers / cuts"
        code, facts = wanted(error.errors()[0])
        raise DataProblem(code, where=where, **facts) from error


def _fields(text: str) -> dict[str, Any]:
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DataProblem(Problem.SCENARIO_NOT_JSON) from error
    if not isinstance(fields, dict):
        raise DataProblem(Problem.SCENARIO_NOT_JSON)
    return fields
