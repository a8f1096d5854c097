"""The command ``tier``: files in, one row per customer out, a summary on standard error."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tiering.cli.files import Given, date_of, ensure_possible, read_dataset, scenario_of
from tiering.cli.large import LargeRun, tier_large
from tiering.cli.output import Bars, progress_bars, write_files
from tiering.cli.request import CannotRun, ensure_paths
from tiering.cli.sources import DEFAULT_ENGINE, EngineChoice, needs_engine, options_of, order_files
from tiering.cli.status import status_of
from tiering.cli.summary import Summary, say_summary
from tiering.dataset import Dataset
from tiering.evaluate import Tiering
from tiering.ingest.clean.population import selected_population
from tiering.movement.in_force import evaluated
from tiering.report import Handout, customers_csv, customers_workbook, set_aside_csv
from tiering.words import Words


@dataclass(frozen=True)
class TierRun:
    """What the command is given, and the files it writes."""

    given: Given
    out: Path
    set_aside: Path | None = None
    paths: tuple[str, ...] = ()
    engine: EngineChoice = DEFAULT_ENGINE


def run_tier(run: TierRun, words: Words) -> int:
    """Read, tier and write → exit status."""
    return status_of(lambda: _tier(run, words), words)


def _tier(run: TierRun, words: Words) -> None:
    paths = run.paths or tuple(str(path) for path in run.given.paths)
    with progress_bars() as bars:
        if needs_engine(paths, run.engine):
            tiering, dataset = tier_large(_large(run, paths), words, bars)
        else:
            tiering, dataset = _tier_file(run, words, bars)
        _write(run, Handout(tiering, dataset, words))
    say_summary(Summary(tiering, dataset, run.out, run.set_aside), words)


def _tier_file(run: TierRun, words: Words, bars: Bars) -> tuple[Tiering, Dataset]:
    """One file through the reader, which repairs what it can and asks where it cannot tell."""
    ensure_possible(run.given, (run.out, run.set_aside))
    scenario = scenario_of(run.given, words)
    dataset = selected_population(read_dataset(run.given, words, bars), scenario.population)
    as_of = date_of(run.given.as_of)
    return evaluated(dataset, scenario, as_of, bars.bar(words("cli.tier.tiering"))), dataset


def _large(run: TierRun, paths: tuple[str, ...]) -> LargeRun:
    """Order lines for an engine, once it is clear that the run is possible."""
    if run.set_aside is not None:
        raise CannotRun("cli.request.no_set_aside")
    if run.given.further:
        raise CannotRun("cli.request.no_further")
    options = options_of(run.engine)
    files = order_files(paths, options)
    beside = [path for path in (run.given.customers, run.given.scenario) if path is not None]
    ensure_paths(beside, [run.out])
    if str(run.out.absolute()) in files.paths:
        raise CannotRun("cli.request.same_file", path=str(run.out))
    date_of(run.given.as_of)
    return LargeRun(files, options, run.given)


def _write(run: TierRun, handout: Handout) -> None:
    is_workbook = run.out.suffix.lower() == ".xlsx"
    tiers = [customers_workbook(handout)] if is_workbook else customers_csv(handout.tiering, handout.dataset)
    wanted = {run.out: tiers}
    if run.set_aside is not None:
        wanted[run.set_aside] = [set_aside_csv(handout.dataset, handout.words)]
    write_files(wanted)
