"""The pieces of a story: a message with its sentences, a table and a chart."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """Cells as they are read; ``numeric`` says which columns are figures, ``tiers`` which one names tiers."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    tiers: int | None = None


@dataclass(frozen=True)
class Bars:
    """Bars side by side: shares 0..1 of each series for each label."""

    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[float, ...]], ...]


@dataclass(frozen=True)
class Curve:
    """A curve of shares 0..1 with one point marked; the axes by name."""

    points: tuple[tuple[float, float], ...]
    marked: tuple[float, float]
    note: str
    axes: tuple[str, str]


@dataclass(frozen=True)
class Part:
    """One message: its title says it, the rest shows it."""

    title: str
    sentences: tuple[str, ...] = ()
    table: Table | None = None
    chart: Bars | Curve | None = None
    note: str = ""


@dataclass(frozen=True)
class Story:
    """Title and facts of the cover, then the parts in order; ``colours`` by tier name, ``#rrggbb``."""

    title: str
    facts: tuple[str, ...]
    parts: tuple[Part, ...]
    colours: dict[str, str]
    language: str
