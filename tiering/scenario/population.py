"""Who is tiered, what the money means, and what the tiers of a file stand for, as choices kept with the scenario."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from tiering.scenario.touches import Frozen, NamesTiers, Touches

Text = Annotated[str, Field(min_length=1, max_length=300)]
Side = Literal["all", "end", "apart"]
Stage = Literal["unsaid", "ordered", "invoiced", "paid"]
Tax = Literal["unsaid", "without", "with"]
# not of the base's key: who is left out or merged gives the data another fingerprint
OF_THE_DATA: Final = Touches(rule=True, shared=True, stays="never", told="population")


class Rule(Frozen):
    """Customers by an attribute: those whose ``column`` holds one of the ``values``, as it is written in the table."""

    column: Text
    values: Annotated[tuple[str, ...], Field(min_length=1)]


class Money(Frozen):
    """At which stage the amounts were taken, and whether tax is in them; no figure depends on it."""

    stage: Stage = "unsaid"
    tax: Tax = "unsaid"


class Population(Frozen):
    """Who is tiered.

    ``merges``: id → id that stays; ``excluded``: ids of own companies and affiliates; ``left_out``: the same by an
    attribute. ``apart`` says who is a dealer, ``side`` whether everybody is tiered together, end customers alone or
    dealers alone.
    """

    merges: Annotated[dict[str, str], replace(OF_THE_DATA, link=False)] = Field(default_factory=dict)
    excluded: Annotated[tuple[str, ...], replace(OF_THE_DATA, link=False)] = ()
    left_out: Rule | None = None
    apart: Rule | None = None
    side: Side = "all"

    @model_validator(mode="after")
    def ensure_merges_end(self) -> Population:
        """Merges lead to a customer who stays."""
        for start in self.merges:
            seen, end = {start}, self.merges[start]
            while self.merges.get(end, end) != end:
                if end in seen:
                    raise ValueError("merges in a circle")
                seen.add(end)
                end = self.merges[end]
        return self

    @property
    def is_everybody(self) -> bool:
        """Whether nobody is merged, left out or kept apart."""
        return self == Population(apart=self.apart)


Name = Annotated[str, Field(min_length=1, max_length=300)]


class Existing(Frozen):
    """What is done with the tiers of the file.

    ``baseline``: moves are told against them; ``names``: name in the file → tier of the scheme, where they differ.
    """

    baseline: Annotated[bool, Touches(stays="never")] = False
    names: Annotated[dict[Name, Name], NamesTiers("values")] = Field(default_factory=dict)
