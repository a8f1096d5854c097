"""The command ``compare``: two scenario files over the same data, one row per customer out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from rich import box
from rich.table import Table

from tiering.cli.files import Given, date_of, ensure_possible, read_dataset
from tiering.cli.output import place_of, progress_bars, write_files
from tiering.cli.request import ensure_paths
from tiering.cli.status import status_of
from tiering.cli.summary import console, rest_notes, say
from tiering.dataset import Dataset
from tiering.decision.comparison import Comparison, compare, paths
from tiering.decision.saved import Saved, check_seal, saved_from_json
from tiering.evaluate import Tiering, default_as_of
from tiering.movement.in_force import evaluated
from tiering.problems import DataProblem, Problem
from tiering.report.csv import csv_pieces
from tiering.said.kinds import money_decimals
from tiering.said.scheme_notes import seal_basis
from tiering.strategy.resources.services import hours_by_tier
from tiering.tiers.score import MILLI
from tiering.words import Words

UP, DOWN, SAME, OTHER = "up", "down", "same", "other"


@dataclass(frozen=True)
class CompareRun:
    """What the command line asks for: two scenario files over the files of ``given``."""

    first: Path
    second: Path
    given: Given
    out: Path


def run_compare(run: CompareRun, words: Words) -> int:
    """Read, tier twice, compare and write → exit status as of ``tier``."""
    return status_of(lambda: _compare(run, words), words)


def compared_customers(comparison: Comparison, second: Tiering) -> pd.DataFrame:
    """Comparison → one row per customer, in code-point order of the id.

    ``customer_id``, ``customer_name`` where known, ``tier_before``, ``tier_after`` (empty without a score),
    ``change`` (up, down, same; other where the schemes have different tiers), ``score_before``, ``score_after``,
    ``annual_revenue``, ``margin`` where costs are known.
    """
    customers = comparison.customers
    names = second.base.customers.get("customer_name")
    rows = customers["row_after"].to_numpy()
    known = {} if names is None else {"customer_name": pd.Series(names.to_numpy(object)[rows]).where(rows >= 0)}
    listed = pd.DataFrame(
        {
            "customer_id": customers["customer_id"],
            **known,
            "tier_before": customers["before"],
            "tier_after": customers["after"],
            "change": _changes(comparison),
            "score_before": _points(customers["milli_before"]),
            "score_after": _points(customers["milli_after"]),
            "annual_revenue": customers["revenue"],
            **({"margin": customers["margin"]} if "margin" in customers else {}),
        }
    )
    return listed.iloc[np.argsort(listed["customer_id"].to_numpy(dtype=object), kind="stable")].reset_index(drop=True)


def _compare(run: CompareRun, words: Words) -> None:
    ensure_paths([run.first, run.second], [run.out])
    ensure_possible(run.given, [run.out])
    wanted = date_of(run.given.as_of)
    files = [_scenario(path) for path in (run.first, run.second)]
    for kind in dict.fromkeys(kind for file in files for kind in file.retired):
        say(words(f"scenarios.retired.{kind}"))
    with progress_bars() as bars:
        dataset = read_dataset(run.given, words, bars)
        # one date for both: the schemes are compared, not the days
        as_of = wanted or files[1].scenario.as_of or default_as_of(dataset)
        first, second = (
            evaluated(dataset, file.scenario, as_of, bars.bar(words("cli.tier.tiering"))) for file in files
        )
    comparison = compare(first, second)
    listed = compared_customers(comparison, second)
    write_files({run.out: csv_pieces(listed, [str(name) for name in listed], money_decimals(dataset))})
    for path, file, tiering in zip((run.first, run.second), files, (first, second), strict=True):
        for said in (_since(file, tiering, dataset, as_of, words), *rest_notes(tiering, dataset.currency, words)):
            say(f"{path.name}: {said}")
    _say_comparison(comparison, (first, second), dataset, words)
    say(words("cli.tier.written", path=place_of(run.out)))


def _since(file: Saved, tiering: Tiering, dataset: Dataset, as_of: date | None, words: Words) -> str:
    """Whether the file gives what it gave when it was saved."""
    if file.seal is None:
        return words("scenarios.seal.none")
    check = check_seal(file.seal, tiering, dataset)
    basis = seal_basis(file.seal, check.same_data, words)
    tiers = words(f"scenarios.seal.tiers_{'same' if check.same_tiers else 'other'}")
    return words.sentences((basis, tiers))


def _say_comparison(comparison: Comparison, sides: tuple[Tiering, Tiering], dataset: Dataset, words: Words) -> None:
    """Counts, and the paths with what moves along them."""
    by_path = paths(comparison, *(hours_by_tier(side.scenario) for side in sides))
    moved = by_path[by_path["moved"]]
    n = int(comparison.moved.sum())
    if not n:
        say(words("scenarios.compare.nobody"))
    else:
        say(words("scenarios.compare.moved" if comparison.same_ladder else "scenarios.compare.other_ladder", n=n))
        console().print(_table(moved, dataset, words))


def _table(moved: pd.DataFrame, dataset: Dataset, words: Words) -> Table:
    money = {"revenue": "movers.revenue", **({"margin": "scenarios.column.margin"} if "margin" in moved else {})}
    table = Table(box=box.SIMPLE_HEAD)
    for key in ("scenarios.column.path", "segments.customers", *money.values(), "scenarios.column.hours"):
        table.add_column(words(key), justify="left" if key == "scenarios.column.path" else "right", no_wrap=True)
    unscored = words("tier.unscored")
    for path in moved.to_dict("records"):
        table.add_row(
            f"{path['before'] or unscored} → {path['after'] or unscored}",
            words.number(path["customers"]),
            *(words.money_exact(float(path[name]), dataset.currency) for name in money),
            words.number(float(path["hours"])),
        )
    return table


def _changes(comparison: Comparison) -> np.ndarray:
    if not comparison.same_ladder:
        return np.where(comparison.moved, OTHER, SAME)
    return np.array([SAME, UP, DOWN], dtype=object)[comparison.directions]


def _points(milli: pd.Series) -> pd.Series:
    return (milli / MILLI).where(milli >= 0)


def _scenario(path: Path) -> Saved:
    try:
        return saved_from_json(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise DataProblem(Problem.SCENARIO_NOT_JSON, name=path.name) from error
    except DataProblem as problem:
        raise DataProblem(problem.code, **{**problem.facts, "name": path.name}) from problem
