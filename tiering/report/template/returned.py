"""A template that comes back: recognised by its headers, in either language, and freed of its example row."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

from tiering.dataset import Role
from tiering.ingest.reading import Reading, SetAside
from tiering.ingest.values.conversion import as_text
from tiering.report.template.workbook import COLUMNS
from tiering.words import LANGUAGES, Language, Words

EXAMPLE = "example"
ENOUGH = 0.8  # of its headers: people delete columns they cannot fill


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
