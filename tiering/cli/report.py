"""The command ``report``: files in, a paper about their tiers out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tiering.cli.files import Given, date_of, ensure_possible, read_dataset, scenario_of
from tiering.cli.output import place_of, progress_bars, write_files
from tiering.cli.request import ensure_paths
from tiering.cli.status import status_of
from tiering.cli.summary import rest_notes, say
from tiering.dataset import Dataset
from tiering.decision.comparison import on_same_customers
from tiering.decision.saved import Entry, saved_from_json
from tiering.evaluate import Tiering
from tiering.ingest.clean.population import selected_population
from tiering.movement.in_force import evaluated
from tiering.report import Handout
from tiering.report.papers import PAPERS, PaperKind
from tiering.said.colours import tier_colour
from tiering.scenario import Scenario
from tiering.words import Words


@dataclass(frozen=True)
class ReportRun:
    """What the command is given, and the paper it writes."""

    given: Given
    kind: PaperKind
    out: Path
    baseline: Path | None = None


def run_report(run: ReportRun, words: Words) -> int:
    """Read, tier and write the paper → exit status."""
    return status_of(lambda: _report(run, words), words)


def _report(run: ReportRun, words: Words) -> None:
    ensure_possible(run.given, (run.out,))
    ensure_paths([run.baseline] if run.baseline else [], [run.out])
    with progress_bars() as bars:
        scenario = scenario_of(run.given, words)
        before = scenario_of(replace(run.given, scenario=run.baseline), words) if run.baseline else None
        dataset = selected_population(read_dataset(run.given, words, bars), scenario.population)
        as_of = date_of(run.given.as_of)
        tiering = evaluated(dataset, scenario, as_of, bars.bar(words("cli.tier.tiering")))
        baseline = None if before is None else _baseline(before, tiering, dataset)
        handout = Handout(tiering, dataset, words, baseline, _colours(tiering), _log(run.given.scenario))
        handout = replace(handout, today=date.today())
        paper = PAPERS[run.kind].written(handout, bars.bar(words("cli.report.writing", kind=run.kind.upper())))
        write_files({run.out: [paper]})
    if before is not None and baseline is None:
        say(words("cli.report.other_tiers", before=" / ".join(before.tiers), now=" / ".join(scenario.tiers)))
    for note in rest_notes(tiering, dataset.currency, words):
        say(note)
    say(words("cli.tier.written", path=place_of(run.out)))


def _baseline(before: Scenario, tiering: Tiering, dataset: Dataset) -> Tiering | None:
    """Tiers of the same customers before; None where they have other names, so that nobody moved up or down."""
    if before.tiers != tiering.scenario.tiers:
        return None
    return evaluated(dataset, on_same_customers(before, tiering.scenario), tiering.base.as_of)


def _log(scenario: Path | None) -> tuple[Entry, ...]:
    """What was decided on the way, as the scenario's file keeps it."""
    return saved_from_json(scenario.read_text(encoding="utf-8-sig")).log if scenario is not None else ()


def _colours(tiering: Tiering) -> tuple[str, ...]:
    scenario = tiering.scenario
    return tuple(tier_colour(name, position, scenario.hues).light for position, name in enumerate(scenario.tiers))
