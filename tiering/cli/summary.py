"""What the command line says at the end of a run, on standard error: counts and sums, never a customer's values."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

from tiering.cli.output import place_of
from tiering.dataset import Dataset, SourceFacts
from tiering.evaluate import Tiering, tiers_hash
from tiering.said.kinds import Kind
from tiering.said.labels import reason_counts
from tiering.said.meaning import meaning_lines
from tiering.said.provisional import provisional_notes
from tiering.said.scheme_notes import final_tier_notes, old_data_notes, unused_weights
from tiering.said.tables import COLUMNS, TierRow, tier_rows, total_row
from tiering.said.tiered_customers import tiered_customers
from tiering.said.ways import unjudged
from tiering.words import Words

WIDTH_OF_A_FILE = 120


@dataclass(frozen=True)
class Summary:
    """What a run has made, and where it went."""

    tiering: Tiering
    dataset: Dataset
    out: Path
    set_aside: Path | None = None


def say(sentence: str) -> None:
    """A sentence to standard error, as it is."""
    print(sentence, file=sys.stderr)


def say_summary(summary: Summary, words: Words) -> None:
    """Rows read, used and set aside by reason; customers and net revenue; the tiers; the files written."""
    dataset, tiering = summary.dataset, summary.tiering
    for source in dataset.sources:
        say(_source_line(source, words))
    if dataset.set_aside.num_rows and summary.set_aside is None:
        say(words("cli.tier.set_aside_hint"))
    say_lines([*meaning_lines(dataset, words), _totals_line(summary, words)])
    console().print(_tiers_table(tiering, words))
    notes = (provisional_notes(tiering, words), rest_notes(tiering, dataset.currency, words))
    old = old_data_notes(tiering.base.as_of, date.today(), words)
    say_lines([*old, *notes[0], *notes[1], *final_tier_notes(tiering, words)])
    written = [path for path in (summary.out, summary.set_aside) if path is not None]
    say_lines(words("cli.tier.written", path=place_of(path)) for path in written)
    say(words("cli.tier.hash", hash=tiers_hash(tiering)))


def say_lines(sentences: Iterable[str]) -> None:
    """Sentences to standard error, one a line."""
    for sentence in sentences:
        say(sentence)


def rest_notes(tiering: Tiering, currency: str, words: Words) -> list[str]:
    """What of a scenario rests in this data: weights on indicators it lacks, and conditions nobody can be judged by."""
    unused = unused_weights(tiering, words) if tiering.scenario.drawn_by_score else []
    return [*unused, *unjudged(tiering, words, currency)]


def _source_line(source: SourceFacts, words: Words) -> str:
    key = "cli.tier.source" if source.set_aside else "cli.tier.source_clean"
    return words(
        key,
        name=source.name,
        read=source.read,
        header=source.header,
        excluded=sum(source.excluded.values()),
        used=source.used,
        aside=sum(source.set_aside.values()),
        reasons=reason_counts(source.set_aside, words),
    )


def _totals_line(summary: Summary, words: Words) -> str:
    tiering = summary.tiering
    revenue = tiered_customers(tiering)["revenue"].dropna()
    net = words.money_exact(math.fsum(revenue), summary.dataset.currency) if len(revenue) else "–"
    key, as_of = f"cli.tier.totals_{tiering.scenario.revenue}", tiering.base.as_of
    if as_of is None:
        return words(f"{key}_undated", n=len(tiering.tiers), revenue=net)
    return words(key, n=len(tiering.tiers), revenue=net, as_of=words.day(as_of))


def _tiers_table(tiering: Tiering, words: Words) -> Table:
    table = Table(box=box.SIMPLE_HEAD)
    for key, kind in COLUMNS:
        justify: Any = "left" if kind == "text" else "right"
        table.add_column(words(f"report.summary.{key}"), justify=justify, no_wrap=True)
    for row in tier_rows(tiering, words("tier.unscored")):
        table.add_row(*_shown(row, words))
    table.add_section()
    table.add_row(*_shown(total_row(tiering, words("report.summary.total")), words))
    return table


def _shown(row: TierRow, words: Words) -> list[str]:
    return [
        row[0],
        *(_figure(value, kind, words) for value, (_, kind) in zip(row[1:], COLUMNS[1:], strict=True)),
    ]


def _figure(value: float | None, kind: Kind, words: Words) -> str:
    if value is None:
        return "–"
    if kind == "money":
        return words.money_exact(value)
    return words.percent(value, 1) if kind == "share" else words.number(value)


def console() -> Console:
    """Where tables are said: standard error, of a fixed width in a file."""
    console = Console(stderr=True, highlight=False, markup=False)
    if not console.is_terminal:
        console.width = WIDTH_OF_A_FILE
    return console
