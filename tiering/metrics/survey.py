"""What files hold that only the engine sees: a sample of their lines, and how many of them can be used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import pyarrow as pa

from tiering.metrics.engines import DEFAULT_OPTIONS, open_engine, query_rows
from tiering.metrics.files import OrderFiles
from tiering.metrics.options import EngineOptions, Watch

SAMPLE_LINES = 2_000
TALLY = """
SELECT
    COUNT(*) AS read,
    COUNT(CASE WHEN customer_id IS NULL THEN 1 END) AS no_customer,
    COUNT(CASE WHEN customer_id IS NOT NULL AND order_date IS NULL THEN 1 END) AS undated,
    COUNT(CASE WHEN customer_id IS NOT NULL AND order_date IS NOT NULL AND amount IS NULL THEN 1 END) AS no_amount,
    COUNT(CASE WHEN customer_id IS NOT NULL AND amount IS NOT NULL THEN {cost} END) AS costs,
    COUNT(CASE WHEN customer_id IS NOT NULL AND amount IS NOT NULL THEN {category} END) AS categories,
    MIN(CASE WHEN customer_id IS NOT NULL AND amount IS NOT NULL THEN order_date END) AS first_order,
    MAX(CASE WHEN customer_id IS NOT NULL AND amount IS NOT NULL THEN order_date END) AS last_order
FROM lines
"""


@dataclass(frozen=True)
class Tally:
    """Lines read, those left out by reason, the columns that hold anything, and the dates of the lines used."""

    read: int
    left_out: dict[str, int]
    told: frozenset[str]
    first_order: date | None
    last_order: date | None

    @property
    def used(self) -> int:
        """Lines with a customer, a date and an amount."""
        return self.read - sum(self.left_out.values())


def sample_lines(files: OrderFiles, options: EngineOptions = DEFAULT_OPTIONS) -> pa.Table:
    """Up to 2,000 lines as they stand in the files, whatever their columns mean.

    Raises
    ------
    DataProblem
        FILES_UNREADABLE; on Spark ENGINE_MISSING, ENGINE_SILENT, PATH_UNSEEN.
    """
    # one thread reads from the front, so that the same files give the same sample
    with open_engine(files, replace(options, threads=1)) as engine:
        return engine.query(f"SELECT * FROM given LIMIT {SAMPLE_LINES}")


def tally_lines(
    files: OrderFiles,
    options: EngineOptions = DEFAULT_OPTIONS,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Tally:
    """Files whose columns are known → how many of their lines can be used, in one pass.

    ``left_out`` has ``no_customer``, ``date`` and ``amount``, each line under the first that holds.

    Raises
    ------
    DataProblem
        As `sample_lines`; CANCELLED.
    """
    with open_engine(files, options) as engine:
        columns = {"cost", "category"} & set(engine.columns)
        query = TALLY.format(**{name: name if name in columns else "NULL" for name in ("cost", "category")})
        found = query_rows(engine, query, Watch(progress, cancelled)).to_pylist()[0]
    left_out = {"no_customer": found["no_customer"], "date": found["undated"], "amount": found["no_amount"]}
    told = {name for name, count in (("cost", found["costs"]), ("category", found["categories"])) if count}
    return Tally(
        read=found["read"],
        left_out={reason: lines for reason, lines in left_out.items() if lines},
        told=frozenset(told),
        first_order=found["first_order"],
        last_order=found["last_order"],
    )
