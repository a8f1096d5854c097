"""The named steps of metrics.sql, in order, with what each reads."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tiering.problems import DataProblem, Problem

REQUIRED_COLUMNS = ("customer_id", "order_date", "amount")
OPTIONAL_COLUMNS = {"order_id": "STRING", "category": "STRING", "cost": "DECIMAL(18, 2)"}
# A step over the order lines takes several times as long as one over the tables made of them.
LINE_STEP_WEIGHT = 8


@dataclass(frozen=True)
class Step:
    """One statement: ``name`` of what it makes, its ``query``, the earlier steps it is the last to read."""

    name: str
    query: str
    frees: tuple[str, ...]
    weight: int


@cache
def steps() -> tuple[Step, ...]:
    """All steps; the last one is the answer."""
    text = files("tiering.metrics").joinpath("metrics.sql").read_text(encoding="utf-8")
    made = re.findall(r"(?ms)^CREATE TEMPORARY VIEW (\w+) AS$(.+?);$", re.sub(r"(?m)^--.*\n", "", text))
    queries = dict(made)
    last_reader = {name: reader for reader, query in made for name in queries if re.search(rf"\b{name}\b", query)}
    return tuple(
        Step(
            name,
            query.strip(),
            frees=tuple(read for read, reader in last_reader.items() if reader == name),
            weight=LINE_STEP_WEIGHT if "order_lines" in query else 1,
        )
        for name, query in made
    )


def order_lines_query(columns: Collection[str]) -> str:
    """Query over ``orders`` that gives metrics.sql its columns; an optional one the file lacks is NULL.

    Raises
    ------
    DataProblem
        MISSING_COLUMNS.
    """
    missing = [name for name in REQUIRED_COLUMNS if name not in columns]
    if missing:
        raise DataProblem(Problem.MISSING_COLUMNS, missing=missing, found=list(columns))
    optional = [
        name if name in columns else f"CAST(NULL AS {kind}) AS {name}" for name, kind in OPTIONAL_COLUMNS.items()
    ]
    return f"SELECT {', '.join([*REQUIRED_COLUMNS, *optional])} FROM orders"
