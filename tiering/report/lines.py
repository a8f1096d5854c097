"""Every line of the files with what became of it: counted, left out with the reason, or set aside."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from tiering.ingest.meaning.draft import Draft, Understanding
from tiering.ingest.values.conversion import as_text
from tiering.report.csv import BYTE_ORDER_MARK, csv_line, csv_lines
from tiering.report.safe import not_a_formula
from tiering.said.labels import reason_label
from tiering.words import Words


def every_line_csv(understood: Understanding, words: Words) -> bytes:
    """Files one under the other, each line in its place: file, line, status, then the file's own cells; UTF-8."""
    pieces = [BYTE_ORDER_MARK]
    for draft in understood.drafts:
        headers = [words("data.set_aside.source"), words("data.set_aside.line"), words("receipt.status")]
        pieces.append(csv_line(map(not_a_formula, [*headers, *draft.table.column_names])))
        rows = sorted(_rows(draft, words), key=lambda row: int(row[1]))
        pieces.append(csv_lines([list(column) for column in zip(*rows, strict=True)]) if rows else "")
    return "".join(pieces).encode()


def _rows(draft: Draft, words: Words) -> Iterator[tuple[str, ...]]:
    names = draft.table.column_names
    parts: list[tuple[str, pa.Table, pa.Array]] = [(words("receipt.counted"), draft.table, draft.lines)]
    parts += [(reason_label(one.reason, words), one.table, one.lines) for one in draft.left]
    for status, table, lines in parts:
        cells = [_texts(table, name) for name in names]
        for place, line in enumerate(lines.to_pylist()):
            yield draft.name, str(line), status, *(not_a_formula(column[place]) for column in cells)
    left = {line for one in draft.left for line in one.lines.to_pylist()}
    for one in draft.reading.set_aside:
        if one.line not in left:
            raw = [not_a_formula(one.raw), *("" for _ in names[1:])]
            yield draft.name, str(one.line), reason_label(one.reason, words), *raw


def _texts(table: pa.Table, name: str) -> list[str]:
    if name not in table.column_names:
        return [""] * table.num_rows
    return [text or "" for text in as_text(table[name]).to_pylist()]
