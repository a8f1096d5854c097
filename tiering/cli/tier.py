"""The command ``tier``: files in, one row per customer out, a summary on standard error."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tiering.cli.files import Given, date_of, ensure_possible, read_dataset, scenario_of, write_whole
from tiering.cli.progress import progress_bars
from tiering.cli.status import status_of
from tiering.cli.summary import Summary, say_summary
from tiering.evaluate import evaluate
from tiering.ingest.population import peopled
from tiering.report import Handout, customers_csv, customers_workbook, set_aside_csv
from tiering.words import Words


@dataclass(frozen=True)
class TierRun:
    """What the command is given, and the files it writes."""

    given: Given
    out: Path
    set_aside: Path | None = None


def run_tier(run: TierRun, words: Words) -> int:
    """Read, tier and write → exit status."""
    return status_of(lambda: _tier(run, words), words)


def _tier(run: TierRun, words: Words) -> None:
    ensure_possible(run.given, (run.out, run.set_aside))
    with progress_bars() as bars:
        scenario = scenario_of(run.given)
        dataset = peopled(read_dataset(run.given, words, bars), scenario.population)
        as_of = date_of(run.given.as_of)
        tiering = evaluate(dataset, scenario, as_of, bars.bar(words("cli.tier.tiering")))
        _write(run, Handout(tiering, dataset, words))
    say_summary(Summary(tiering, dataset, run.out, run.set_aside), words)


def _write(run: TierRun, handout: Handout) -> None:
    if run.out.suffix.lower() == ".xlsx":
        write_whole(run.out, [customers_workbook(handout)])
    else:
        write_whole(run.out, customers_csv(handout.tiering, handout.dataset))
    if run.set_aside is not None:
        write_whole(run.set_aside, [set_aside_csv(handout.dataset, handout.words)])
