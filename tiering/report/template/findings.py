"""What has to be corrected in a filled template: line, column, what stands there and what belongs there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tiering.dataset import Dataset
from tiering.ingest.meaning.fields import FIELDS, NUMERIC
from tiering.report.set_aside import RAW, taken_apart
from tiering.report.template.returned import EXAMPLE, Template
from tiering.report.template.workbook import COLUMNS
from tiering.words import Words

MEANT = {"missing": "amount", "no_customer": "customer_id", "duplicate": "customer_id"}
_NUMBER = re.compile(r"[￥¥$€(（+-]?\s*\d[\d,，.]*\s*[%）)元]?")
_DATE = re.compile(r"\d{4}\D?\d{1,2}\D?\d{1,2}.*|\d{5}(\.\d+)?")
_LEAD = ("source", "line", "reason", RAW)


@dataclass(frozen=True)
class Finding:
    """One thing to correct: ``code`` says what belongs there; ``column`` is empty where the whole line is wrong."""

    line: int
    code: str
    column: str = ""
    value: str = ""

    def sentence(self, words: Words) -> str:
        """Where, what stands there, what to write instead."""
        key = f"template.finding.{self.code}{'' if self.value else '_empty'}"
        key = key if words.has(key) else f"template.finding.{self.code}"
        return words(key, line=self.line, column=self.column, value=self.value)


def findings(dataset: Dataset, name: str, template: Template) -> tuple[Finding, ...]:
    """Rows of one file that could not be used → what to correct, by line; the example row is none of them."""
    headers = [one for one in dataset.set_aside.column_names if one not in _LEAD]
    rows: list[dict[str, Any]] = [row for row in dataset.set_aside.to_pylist() if row["source"] == name]
    told = (taken_apart(row, headers) for row in rows if row["reason"] != EXAMPLE)
    return tuple(sorted((_finding(row, template) for row in told), key=lambda one: (one.line, one.column)))


def _finding(row: dict[str, Any], template: Template) -> Finding:
    reason = row["reason"]
    key = MEANT.get(reason) or next(_wrong(row, template), None)
    if key is None:
        return Finding(row["line"], "line")
    value = str(row.get(template.header(key)) or "").strip()
    kind = FIELDS[key].becomes
    code = reason if reason in ("duplicate", "no_customer") else "date" if kind == "date" else "number"
    return Finding(row["line"], code, template.header(key), value)


def _wrong(row: dict[str, Any], template: Template) -> Iterator[str]:
    """Columns whose cell is not what the reason says it should be: the surest first."""
    pattern = {"date": _DATE, "amount": _NUMBER}.get(row["reason"])
    for key in COLUMNS[template.role]:
        becomes = FIELDS[key].becomes
        fits = becomes == "date" if row["reason"] == "date" else becomes in NUMERIC or key == "satisfaction"
        value = str(row.get(template.header(key)) or "").strip()
        if pattern is not None and fits and not pattern.fullmatch(value):
            yield key
