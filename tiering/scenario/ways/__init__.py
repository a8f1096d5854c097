"""The ways of drawing the lines between tiers, one file a way; whatever lists or tells them apart reads it here."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import Field

from tiering.scenario.ways.cuts import Cuts
from tiering.scenario.ways.way import Way, registered_ways

_FOUND: dict[str, type[Way]] = registered_ways(__name__)
CHOICES: Final = dict(sorted(_FOUND.items(), key=lambda entry: entry[1].order))
KINDS: Final = tuple(CHOICES)

_OTHER = dict.fromkeys(choices for choices in CHOICES.values() if choices is not Cuts)

if TYPE_CHECKING:
    AnyWay = Way
    OtherWay = Way
else:
    OtherWay = Annotated[reduce(or_, _OTHER), Field(discriminator="kind")]
    AnyWay = Annotated[reduce(or_, _OTHER, Cuts), Field(discriminator="kind")]
