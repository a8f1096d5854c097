"""Order lines in files or tables that only the engine sees, and the query that makes them canonical there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import pyarrow as pa

Kind = Literal["parquet", "csv", "table"]
NEEDED = ("customer_id", "order_date", "amount")
PLACES = range(2, 7)  # decimals of money; what is no decimal in the files gets the most


@dataclass(frozen=True)
class OrderFiles:
    """Where the order lines are, and which of their columns stand for what.

    Attributes
    ----------
    paths
        Files for DuckDB; files, folders or patterns that the cluster sees for Spark; one name for ``table``.
    kind
        ``"parquet"``, ``"csv"`` (UTF-8, one header line, read as text) or ``"table"`` of the cluster's catalogue.
    columns
        Field → header. An amount may be given as ``quantity``, ``unit_price`` and ``discount``, a cost as
        ``unit_cost`` or ``profit``. Empty until it is known what the columns mean.
    schema
        Columns and types as the engine reads them.
    """

    paths: tuple[str, ...]
    kind: Kind = "parquet"
    columns: Mapping[str, str] = field(default_factory=dict)
    schema: pa.Schema = field(default_factory=lambda: pa.schema([]))

    def read_as(self, columns: Mapping[str, str], schema: pa.Schema) -> OrderFiles:
        """The same files, with what their columns stand for."""
        return replace(self, columns=dict(columns), schema=schema)


def lines_query(files: OrderFiles, quote: str) -> str:
    """Query over ``given`` → one row per line under canonical names, NULL where a cell cannot be read as such.

    ``quote`` is the engine's mark around names. Dates in text are read in the form 2024-05-31, with or without a
    time; numbers in text with a decimal point and nothing between the digits.
    """
    writer = _Columns(files, quote)
    made = {
        "customer_id": writer.key(files.columns["customer_id"]),
        "order_date": writer.day(files.columns["order_date"]),
        "amount": writer.amount(),
        "cost": writer.cost(),
        **{name: writer.key(files.columns[name]) for name in ("order_id", "category") if name in files.columns},
    }
    return f"SELECT {', '.join(f'{text} AS {name}' for name, text in made.items() if text)} FROM given"


def used_lines_query() -> str:
    """Query over ``lines``: those with a customer, a date and an amount."""
    return f"SELECT * FROM lines WHERE {' AND '.join(f'{name} IS NOT NULL' for name in NEEDED)}"


@dataclass(frozen=True)
class _Columns:
    """SQL of single columns."""

    files: OrderFiles
    quote: str

    def key(self, header: str) -> str:
        return f"NULLIF(TRIM(CAST({self._named(header)} AS STRING)), '')"

    def day(self, header: str) -> str:
        kind = self.files.schema.field(header).type
        if pa.types.is_temporal(kind):
            return f"CAST({self._named(header)} AS DATE)"
        return f"TRY_CAST(SPLIT_PART(SPLIT_PART(TRIM({self._named(header)}), ' ', 1), 'T', 1) AS DATE)"

    def amount(self) -> str:
        columns = self.files.columns
        if "amount" in columns:
            return self._money(columns["amount"])
        product = f"{self._money(columns['quantity'])} * {self._money(columns['unit_price'])}"
        if "discount" not in columns:
            return _rounded(product)
        return _rounded(f"{_rounded(product)} * (1 - COALESCE({self._money(columns['discount'])}, 0))")

    def cost(self) -> str:
        columns = self.files.columns
        if "cost" in columns:
            return self._money(columns["cost"])
        if "unit_cost" in columns and "quantity" in columns:
            return _rounded(f"{self._money(columns['quantity'])} * {self._money(columns['unit_cost'])}")
        if "profit" in columns:
            return _rounded(f"{self.amount()} - {self._money(columns['profit'])}")
        return ""

    def _money(self, header: str) -> str:
        kind = self.files.schema.field(header).type
        places = PLACES[-1]
        if pa.types.is_decimal(kind):
            places = min(max(kind.scale, PLACES[0]), PLACES[-1])
        elif pa.types.is_integer(kind):
            places = PLACES[0]
        return f"TRY_CAST({self._named(header)} AS DECIMAL(18, {places}))"

    def _named(self, header: str) -> str:
        return f"{self.quote}{header.replace(self.quote, self.quote * 2)}{self.quote}"


def _rounded(text: str) -> str:
    return f"TRY_CAST({text} AS DECIMAL(18, {PLACES[-1]}))"
