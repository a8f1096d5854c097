"""What reading one file gives: a typed table with a full account of its lines, or questions, or a problem."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import pyarrow as pa

from tiering.problems import DataProblem, Problem

OVERLAP = "overlap"  # reason of a line that another file holds already
Kind = Literal["id", "name", "date", "money", "quantity", "share", "category", "text"]


@dataclass(frozen=True)
class Column:
    """One column of a file: its cleaned header, what its values are, and what a unit in the header multiplied."""

    name: str
    kind: Kind
    unit: str = ""  # currency sign or unit found in header or cells: "¥", "£", "万元"
    currency: str = ""  # currency the header names, as read: a code, or a sign several currencies share
    currencies: Mapping[str, int] = field(default_factory=dict, hash=False)  # named in cells → rows, "" for none


@dataclass(frozen=True)
class SetAside:
    """One line that cannot be used: physical line (1-based), reason code, raw text."""

    line: int
    reason: str
    raw: str


@dataclass(frozen=True)
class Reading:
    """The outcome for one file.

    ``table`` has one row per clean record under the file's own cleaned headers: date columns as date32 or
    timestamp[s], numbers as decimal128 (float64 only where decimals do not fit), everything else as string;
    ``lines`` (int32) gives the physical line of each row. ``table`` is None when the outcome is ``error``.
    ``currencies`` gives, for each column whose cells name more than one currency or name one on some rows only, that
    of every row as read ("" for none): :func:`tiering.ingest.values.currencies.code_of` makes codes of them.
    """

    outcome: Literal["loads", "asks", "error"]
    table: pa.Table | None
    lines: pa.Array | None
    columns: tuple[Column, ...]
    set_aside: tuple[SetAside, ...]
    report: dict[str, Any] = field(default_factory=dict)  # what was decided and where every line went, JSON-ready
    questions: tuple[dict[str, Any], ...] = ()  # code, evidence, choices with a preview each
    currencies: Mapping[str, pa.Array] = field(default_factory=dict)

    @property
    def open_questions(self) -> tuple[dict[str, Any], ...]:
        """Questions that only the user can settle.

        That no column can be the amount is left to the meaning of the columns: a customers file needs none.
        """
        return tuple(one for one in self.questions if one["evidence"].get("why") != "no_number")

    def ensure_read(self) -> None:
        """Check that the file gave a table.

        Raises
        ------
        DataProblem
            With the code of the report and its facts, ``name`` of the file among them.
        """
        if self.outcome == "error":
            raise DataProblem(Problem(self.report["error_code"]), **self.report["facts"])
