"""The pieces of a story: a message with its sentences, a table and a chart."""

from __future__ import annotations

from dataclasses import dataclass

from tiering.words import Language, Words


@dataclass(frozen=True)
class Table:
    """Cells as they are read; ``numeric`` says which columns are figures, ``tiers`` which one names tiers.

    ``others`` counts the rows beyond those here, ``said`` is the text key of the sentence on them.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    tiers: int | None = None
    others: int = 0
    said: str = "story.more_rows"

    def note(self, words: Words, left_out: int = 0) -> str:
        """What is said of the rows beyond these and of ``left_out`` more; nothing where all are here."""
        beyond = self.others + left_out
        return words(self.said, n=beyond) if beyond else ""


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
    language: Language
