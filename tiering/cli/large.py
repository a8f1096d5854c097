"""Tiers of order lines that stay where they are: an engine adds them up, only the customers come back."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tiering.cli.files import Given, date_of, read_customers, scenario_of
from tiering.cli.output import Bars
from tiering.cli.request import CannotRun, Pointed, answers_of, pointed_out, with_pointed
from tiering.dataset import Dataset, SourceFacts
from tiering.evaluate import Tiering, base_of_metrics, needed_line_figures, tiering_of
from tiering.indicators.customers import without_unsupported
from tiering.ingest import Mapping, clean_orders, ensure_usable, read_file, suggest_mapping
from tiering.metrics import EngineOptions, customer_metrics
from tiering.metrics.engines import open_engine
from tiering.metrics.files import NEEDED, OrderFiles
from tiering.metrics.survey import Tally, sample_lines, tally_lines
from tiering.problems import DataProblem, Problem
from tiering.scenario import Scenario
from tiering.scratch import private_folder
from tiering.words import Words

FIELDS = (
    "order_date", "amount", "quantity", "unit_price", "discount", "order_id", "category", "cost", "unit_cost", "profit",
)  # fmt: skip


@dataclass(frozen=True)
class LargeRun:
    """Order lines where the engine finds them, the engine, and what else the command is given."""

    files: OrderFiles
    options: EngineOptions
    given: Given


def tier_large(run: LargeRun, words: Words, bars: Bars) -> tuple[Tiering, Dataset]:
    """Order lines an engine sees → tiers, and a dataset without orders: the customers file, and where lines went.

    Raises
    ------
    CannotRun
        The scenario merges customers or leaves some out, has review rules switched on, or figures of single orders or
        products: all need the order lines here.
    DataProblem
        Those of ``customer_metrics`` and ``evaluate``; NOT_PLAIN when the reader would have to repair the cells.
    """
    scenario = _scenario(run.given, words)
    pointed = pointed_out(answers_of(run.given.answers))
    files = recognised(run.files, sample_lines(run.files, run.options), pointed)
    tally = tally_lines(files, run.options, bars.bar(words("cli.tier.counting")))
    if not tally.used:
        raise DataProblem(Problem.NO_USABLE_ROWS, set_aside=tally.left_out)
    as_of = date_of(run.given.as_of) or scenario.as_of or tally.last_order
    assert as_of is not None, "lines that are used have a date"
    dataset = _dataset(files, tally, read_customers(run.given, words, bars))
    adding = bars.bar(words("cli.tier.adding_up"))
    metrics = customer_metrics(
        files,
        [as_of],
        window_months=scenario.window_months,
        orders_from=scenario.newcomers.orders_from,
        options=run.options,
        progress=adding,
    )
    if metrics.empty:
        raise DataProblem(Problem.AS_OF_BEFORE_DATA, as_of=as_of, first=tally.first_order)
    metrics = without_unsupported(metrics, tally.told)
    return tiering_of(base_of_metrics(dataset, scenario, as_of, metrics), scenario), dataset


def recognised(files: OrderFiles, sample: pa.Table, pointed: Pointed | None = None) -> OrderFiles:
    """Files and a sample of their lines → the files with what their columns stand for; ``pointed`` out by hand first.

    Raises
    ------
    DataProblem
        MISSING_COLUMNS, NO_CUSTOMERS when the headers do not tell; NOT_PLAIN when the engine would read the sample
        otherwise than the reader does.
    """
    with private_folder() as folder:
        path = folder / "sample.parquet"
        pq.write_table(sample, path)
        reading = read_file(path)
    reading.ensure_read()
    mapping = with_pointed(suggest_mapping(reading, "orders"), reading, pointed or {})
    ensure_usable(reading, mapping)
    known = files.read_as(_columns(mapping), sample.schema)
    cleaned = clean_orders(reading, mapping).table
    if not _same_lines(_as_engine_reads(known, sample), cleaned):
        raise DataProblem(Problem.NOT_PLAIN, columns=[known.columns[name] for name in known.columns])
    return known


def _columns(mapping: Mapping) -> dict[str, str]:
    own = {"customer_id": mapping.headers(mapping.customer_field or "")[0]}
    return own | {key: mapping.headers(key)[0] for key in FIELDS if mapping.headers(key)}


def _as_engine_reads(files: OrderFiles, sample: pa.Table) -> pa.Table:
    with private_folder() as folder:
        path = folder / "sample.parquet"
        pq.write_table(sample, path)
        local = OrderFiles((str(path),)).read_as(files.columns, files.schema)
        with open_engine(local, EngineOptions()) as engine:
            return engine.query("SELECT * FROM orders")


def _same_lines(one: pa.Table, other: pa.Table) -> bool:
    """Whether both hold the same customers, dates and amounts, in whatever order."""
    money = pa.decimal128(38, 6)
    sides = [
        table.select(NEEDED)
        .set_column(2, "amount", table["amount"].cast(money))
        .sort_by([(name, "ascending") for name in NEEDED])
        for table in (one, other)
    ]
    return bool(sides[0].equals(sides[1]))


def _scenario(given: Given, words: Words) -> Scenario:
    scenario = scenario_of(given, words)
    if not scenario.population.is_everybody:
        raise CannotRun("cli.request.needs_lines")
    if scenario.review.on:
        raise CannotRun("cli.request.review_needs_lines")
    if needed_line_figures(scenario):
        raise CannotRun("cli.request.needs_orders")
    return scenario


def _dataset(files: OrderFiles, tally: Tally, customers: Dataset | None) -> Dataset:
    name = files.paths[0] if len(files.paths) == 1 else f"{files.paths[0]} +{len(files.paths) - 1}"
    source = SourceFacts(Path(name).name, "orders", tally.read, tally.used, set_aside=tally.left_out)
    key = json.dumps([files.paths, sorted(files.columns.items()), tally.read], ensure_ascii=False)
    return Dataset(
        orders=None,
        customers=None if customers is None else customers.customers,
        set_aside=pa.table({}) if customers is None else customers.set_aside,
        sources=(source, *(() if customers is None else customers.sources)),
        fingerprint=hashlib.sha256(key.encode()).hexdigest(),
        currency="" if customers is None else customers.currency,
    )
