"""What everything rests on: the data, the date and the fingerprints."""

from __future__ import annotations

from tiering.evaluate import tiers_hash
from tiering.report.handout import Handout
from tiering.report.story.parts import Part, Table
from tiering.said.meaning import bridge_sentence, meaning_lines
from tiering.said.tier_rows import knows_revenue
from tiering.words import Words


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
