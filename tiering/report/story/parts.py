"""The pieces of a story: a message with its sentences, a table and a chart, and what everything rests on."""

from __future__ import annotations

from dataclasses import dataclass

from tiering.evaluate import tiers_hash
from tiering.report.handout import Handout
from tiering.said.meaning import bridge_sentence, meaning_lines
from tiering.said.tables import knows_revenue
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


def facts(handout: Handout) -> tuple[str, ...]:
    """Lines of the cover: customers, date and window, how money is counted, if any, and what was left out."""
    words, tiering = handout.words, handout.tiering
    scenario, as_of = tiering.scenario, tiering.base.as_of
    counted = words("story.facts.customers", n=len(tiering.tiers))
    dated = words("story.facts.as_of", as_of=as_of, n=scenario.window_months) if as_of else words("story.facts.undated")
    if not knows_revenue(tiering):
        return (counted, dated)
    taken = bridge_sentence(handout.dataset, words)
    basis = words("story.facts.basis", basis=words(f"basis.{scenario.revenue}"))
    return (counted, dated, basis, *([taken] if taken else []))


def basis_part(handout: Handout) -> Part:
    """Files with the rows used and set aside, and the sums that tell one result from another."""
    words = handout.words
    headers = tuple(words(f"report.definitions.{key}") for key in ("file", "kind", "read", "used", "set_aside"))
    rows = tuple(
        (
            source.name,
            words(f"data.role.{source.role}"),
            *(words.number(count) for count in (source.read, source.used, sum(source.set_aside.values()))),
        )
        for source in handout.dataset.sources
    )
    return Part(
        words("story.basis.title"),
        _sums(handout, words),
        Table(headers, rows, (False, False, True, True, True)),
        note=words("story.basis.note"),
    )


def _sums(handout: Handout, words: Words) -> tuple[str, ...]:
    return (
        *meaning_lines(handout.dataset, words),
        words("story.basis.fingerprint", sum=handout.dataset.fingerprint[:16]),
        words("story.basis.hash", sum=tiers_hash(handout.tiering)[:16]),
    )
