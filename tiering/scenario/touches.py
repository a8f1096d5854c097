"""What a choice touches beside the tiers, declared at its field, and the bounds that fields share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

YEAR_HOURS: Final = 8784.0  # of a leap year: nobody has more for customers
CUSTOMER_HOURS: Final = 10_000.0  # a year for one customer, several people together
PEOPLE: Final = 100_000.0
VISITS: Final = 10_000.0
HOUR_COST: Final = 1e9  # of a currency with many noughts
MONEY: Final = 1e15
MEASURED: Final = 1e21  # a value of the data, whatever it counts

Measured = Annotated[float, Field(ge=-MEASURED, le=MEASURED)]
Stays = Literal["always", "next file", "never"]


class Frozen(BaseModel):
    """Immutable, no unknown fields, no infinite numbers."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


Part = TypeVar("Part", bound=Frozen)


@dataclass(frozen=True)
class Touches:
    """What one choice touches; a field of a part without a declaration of its own has that of the part.

    Attributes
    ----------
    rule
        It can give a customer another score or tier.
    base
        The customer base is counted by it: part of the key under which one is looked up.
    shared
        Schemes that are compared on the same customers take it from the one at hand.
    link
        A link carries it; what names customers, was measured on them or says what their lines mean stays in the file.
    stays
        With which data it stays: with any, with the next file in place of the one at hand, or with its own alone.
    told
        Under which name people are told that it was not kept; nothing for what nobody chose.
    """

    rule: bool = False
    base: bool = False
    shared: bool = False
    link: bool = True
    stays: Stays = "always"
    told: str = ""


@dataclass(frozen=True)
class NamesTiers:
    """Where a field holds names of tiers: the ``value`` itself, the ``values`` of a table, or its ``keys``."""

    where: Literal["value", "values", "keys"] = "value"


Holds = Callable[[Touches], bool]
UNDECLARED: Final = Touches()


def declared(part: type[Frozen]) -> dict[str, Touches]:
    """Fields of a part that declare what they touch."""
    return {
        name: mark for name, field in part.model_fields.items() for mark in field.metadata if isinstance(mark, Touches)
    }


def touching(part: type[Frozen], holds: Holds) -> set[str]:
    """Names of the fields of a part whose declaration holds."""
    return {name for name, touches in declared(part).items() if holds(touches)}


def only(part: Part, holds: Holds, inherited: Touches = UNDECLARED) -> Part:
    """The part with those choices whose declaration holds; all others are as a new part has them."""
    fresh = type(part)()
    marks = declared(type(part))
    kept = {
        name: _kept(getattr(part, name), getattr(fresh, name), marks.get(name, inherited), holds)
        for name in type(part).model_fields
    }
    return fresh.model_copy(update=kept)


def _kept(value: Any, default: Any, touches: Touches, holds: Holds) -> Any:
    if isinstance(value, Frozen) and type(value) is type(default) and declared(type(value)):
        return only(value, holds, touches)
    return value if holds(touches) else default


def changed(before: Frozen, after: Frozen, inherited: Touches = UNDECLARED) -> Iterator[Touches]:
    """What those choices touch that somebody made in ``before`` and that are others in ``after``."""
    marks, usual = declared(type(before)), type(before)()
    for name in type(before).model_fields:
        touches = marks.get(name, inherited)
        value, now = getattr(before, name), getattr(after, name)
        if isinstance(value, Frozen) and type(value) is type(now) and declared(type(value)):
            yield from changed(value, now, touches)
        elif value not in (now, getattr(usual, name)):
            yield touches


def with_tiers_named(part: Part, new: Mapping[str, str]) -> Part:
    """The part with other names for the same tiers wherever it names them; names of no tier stay as they are."""
    named = {name: _renamed(part, name, new) for name in type(part).model_fields}
    return part.model_copy(update={name: value for name, value in named.items() if value != getattr(part, name)})


def _renamed(part: Frozen, name: str, new: Mapping[str, str]) -> Any:
    value = getattr(part, name)
    where = next((mark.where for mark in type(part).model_fields[name].metadata if isinstance(mark, NamesTiers)), None)
    if where == "keys":
        return {new.get(key, key): each for key, each in value.items()}
    if where == "values":
        return {key: new.get(each, each) for key, each in value.items()}
    if where == "value":
        return new.get(value, value)
    if isinstance(value, Frozen):
        return with_tiers_named(value, new)
    if isinstance(value, tuple):
        return tuple(with_tiers_named(each, new) if isinstance(each, Frozen) else each for each in value)
    return value
