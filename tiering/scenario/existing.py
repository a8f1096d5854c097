"""The tiers a file brought: whether moves are counted from them, and which tiers of the scheme they stand for."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from tiering.scenario.frozen import Frozen
from tiering.scenario.touches import NamesTiers, Touches

Name = Annotated[str, Field(min_length=1, max_length=300)]


class Existing(Frozen):
    """What is done with the tiers of the file.

    ``baseline``: moves are told against them; ``names``: name in the file → tier of the scheme, where they differ.
    """

    baseline: Annotated[bool, Touches(stays="never")] = False
    names: Annotated[dict[Name, Name], NamesTiers("values")] = Field(default_factory=dict)
