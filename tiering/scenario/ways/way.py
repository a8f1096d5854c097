"""What every way of drawing lines says of itself, and how the ways of a package are found."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import Any, ClassVar

from tiering.scenario.touches import Frozen


class Way(Frozen):
    """The choices of one way of drawing lines, or of several that share them.

    Attributes
    ----------
    kind
        Which way it is.
    order
        Its place in the list of ways.
    by_score
        Whether its tiers lie between lines by score; other ways judge the indicators themselves.
    """

    kind: str
    order: ClassVar[int]
    by_score: ClassVar[bool] = True

    def fits(self, tiers: int) -> bool:
        """Whether the choices are made for this number of tiers."""
        raise NotImplementedError


def registered_ways(package: str) -> dict[str, Any]:
    """``WAYS`` of all modules of a package together: kind of way → what the package has for it.

    Raises
    ------
    ValueError
        Two modules of the package claim the same kind.
    """
    ways: dict[str, Any] = {}
    for module in iter_modules(import_module(package).__path__):
        own = getattr(import_module(f"{package}.{module.name}"), "WAYS", {})
        if ways.keys() & own.keys():
            raise ValueError(f"{package}: {sorted(ways.keys() & own.keys())} twice")
        ways |= own
    return ways
