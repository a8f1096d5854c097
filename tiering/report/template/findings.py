"""A filled template that came back: whether it is one, and what in it has to be corrected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tiering.dataset import Dataset, Role
from tiering.ingest.meaning.fields import FIELDS, NUMERIC
from tiering.ingest.reading import Reading, SetAside
from tiering.ingest.values.conversion import as_text
from tiering.report.set_aside import RAW, split_cells
from tiering.report.template.workbook import COLUMNS
from tiering.words import LANGUAGES, Language, Words

MEANT = {"missing": "amount", "no_customer": "customer_id", "duplicate": "customer_id"}
_NUMBER = re.compile(r"[￥¥$€(（+-]?\s*\d[\d,，.]*\s*[%）)元]?")
_DATE = re.compile(r"\d{4}\D?\d{1,2}\D?\d{1,2}.*|\d{5}(\.\d+)?")
_LEAD = ("source", "line", "reason", RAW)
EXAMPLE = "example"
ENOUGH = 0.8  # of its headers: people delete columns they cannot fill


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
    told = (split_cells(row, headers) for row in rows if row["reason"] != EXAMPLE)
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


@dataclass(frozen=True)
class Template:
    """Which template a file was made from."""

    role: Role
    language: Language

    def header(self, key: str) -> str:
        """What a column is called in it."""
        return Words(self.language)(f"field.{key}.label")


def template_of(headers: tuple[str, ...]) -> Template | None:
    """Headers of a file → the template it was made from, None where it is a file of its own."""
    for role, columns in COLUMNS.items():
        for language in LANGUAGES:
            template = Template(role, language)
            known = {template.header(key) for key in columns}
            if len(known.intersection(headers)) >= ENOUGH * len(known):
                return template
    return None


def without_example(reading: Reading) -> Reading:
    """A reading without the example row of a template, which is set aside (``example``); others stay as they are."""
    template = template_of(tuple(column.name for column in reading.columns))
    if template is None or reading.table is None or reading.lines is None:
        return reading
    header = template.header("customer_id")
    if header not in reading.table.column_names:
        return reading
    said = pa.array([Words(language)("template.example.customer_id") for language in LANGUAGES])
    example = pc.fill_null(pc.is_in(as_text(reading.table[header]), value_set=said), False)
    if not pc.any(example).as_py():
        return reading
    rows = reading.table.filter(example)
    texts = pc.binary_join_element_wise(
        *(pc.fill_null(as_text(column), "") for column in rows.columns), ","
    ).to_pylist()
    lines = reading.lines.filter(example.combine_chunks()).to_pylist()
    kept = pc.invert(example)
    return replace(
        reading,
        table=reading.table.filter(kept),
        lines=reading.lines.filter(kept.combine_chunks()),
        set_aside=(
            *reading.set_aside,
            *(SetAside(*one) for one in zip(lines, [EXAMPLE] * len(lines), texts, strict=True)),
        ),
    )
