"""Where each line of a file went: the counts, rows that name a customer again, and the rows set aside."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from tiering.dataset import Role, SourceFacts
from tiering.ingest.clean.amounts import as_decimal
from tiering.ingest.reading import Reading
from tiering.ingest.values.conversion import as_text, free_name

RAW = "raw"
FIXED = ("source", "line", "reason")
_BETWEEN = "\x1f"  # the unit separator: text that was read holds no control characters


def source_facts(reading: Reading, role: Role, name: str, used: int, reasons: pa.ChunkedArray) -> SourceFacts:
    """Counts of one file; every line read is in exactly one of them.

    Parameters
    ----------
    reasons
        Per clean record of the reading the reason why it is set aside, missing where it is used.
    """
    excluded = {str(reason): int(count) for reason, count in reading.report.get("excluded", {}).items()}
    aside = Counter(row.reason for row in reading.set_aside)
    for entry in pc.value_counts(reasons.drop_null()).to_pylist():
        aside[entry["values"]] += entry["counts"]
    account = reading.report.get("lines", {})
    header = account.get("header", 1)
    read = account.get("read", header + sum(excluded.values()) + len(reasons) + len(reading.set_aside))
    facts = SourceFacts(name, role, read, used, header, excluded, dict(sorted(aside.items())))
    assert read == header + sum(excluded.values()) + used + sum(aside.values()), f"lines lost: {facts}"
    return facts


def rows_set_aside(reading: Reading, name: str, reasons: pa.ChunkedArray) -> pa.Table:
    """Rows that cannot be used → ``source``, ``line``, ``reason``, then the file's own columns as text.

    Lines that could not even be read as a record stand at the end with their text in a column ``raw``.
    """
    assert reading.table is not None, "nothing was read"
    aside = pc.is_valid(reasons)
    rows = reading.table.filter(aside)
    lines = pa.chunked_array([reading.lines]).cast(pa.int32())
    fixed = [pa.repeat(pa.scalar(name), rows.num_rows), lines.filter(aside), reasons.filter(aside)]
    taken = {*FIXED, RAW}
    factors = unit_factors(reading)
    own = {
        free_name(header, taken): as_text(_as_in_file(rows[header], factors.get(header)))
        for header in rows.column_names
    }
    table = pa.table(dict(zip(FIXED, fixed, strict=True)) | own)
    if not reading.set_aside:
        return table
    return pa.concat_tables([table, _unread(reading, name)], promote_options="default")


def unit_factors(reading: Reading) -> dict[str, int]:
    """What the unit in a header multiplied its column by: header → factor."""
    notes = (note for note in reading.report.get("notes", ()) if note.get("code") == "header_unit")
    return {note["column"]: note["factor"] for note in notes if note.get("factor")}


def _as_in_file(values: pa.ChunkedArray, factor: int | None) -> pa.ChunkedArray:
    """Values in the unit of their header, which will multiply them again when the rows are uploaded again."""
    return values if factor is None else pc.multiply(as_decimal(values), pa.scalar(Decimal(1) / factor))


def _unread(reading: Reading, name: str) -> pa.Table:
    rows = [(name, row.line, row.reason, row.raw) for row in reading.set_aside]
    kinds = (pa.string(), pa.int32(), pa.string(), pa.string())
    cells = zip((*FIXED, RAW), zip(*rows, strict=True), kinds, strict=True)
    return pa.table({key: pa.array(values, kind) for key, values, kind in cells})


def repeated_customers(keys: pa.ChunkedArray, rows: pa.Table) -> tuple[pa.ChunkedArray, pa.ChunkedArray]:
    """Customer keys and their rows → two flags per row: differs from the row kept, repeats the row kept.

    Of the rows of one customer the one with the most filled cells is kept, the first by code point among equals:
    the order of the file decides nothing.
    """
    nothing = pa.chunked_array([pa.repeat(pa.scalar(False), len(keys))])
    if pc.count_distinct(keys).as_py() == len(keys) - keys.null_count:
        return nothing, nothing
    ranked = _ranked(keys, rows)
    first = _starts(ranked["key"])
    same_as_kept = pc.equal(ranked["text"], _carried(ranked["text"], first))
    later = pc.and_(pc.invert(first), pc.is_valid(ranked["key"]))
    flags = (pc.and_(later, pc.invert(same_as_kept)), pc.and_(later, same_as_kept))
    back = pc.sort_indices(ranked["row"])
    conflicting, repeated = (pa.chunked_array([flag.combine_chunks()]).take(back) for flag in flags)
    return conflicting, repeated


def _ranked(keys: pa.ChunkedArray, rows: pa.Table) -> pa.Table:
    """All rows by customer, the fullest first; ``row`` is the position in the file."""
    texts = [as_text(column) for column in rows.columns]
    filled = texts[0].is_valid().cast(pa.int32())
    for text in texts[1:]:
        filled = pc.add(filled, text.is_valid().cast(pa.int32()))
    whole = pc.binary_join_element_wise(*(pc.fill_null(text, "") for text in texts), _BETWEEN)
    places = pa.array(range(rows.num_rows), pa.int64())
    table = pa.table({"key": keys, "filled": filled, "text": whole, "row": places})
    return table.sort_by([("key", "ascending"), ("filled", "descending"), ("text", "ascending")]).combine_chunks()


def _starts(keys: pa.ChunkedArray) -> pa.ChunkedArray:
    """Whether a row is the first of its key, in sorted keys."""
    flat = keys.combine_chunks()
    new = pc.fill_null(pc.not_equal(flat[1:], flat[:-1]), True)
    return pa.chunked_array([pa.concat_arrays([pa.array([True]), new])])


def _carried(texts: pa.ChunkedArray, first: pa.ChunkedArray) -> pa.ChunkedArray:
    """The text of each key's first row on all its rows."""
    return pa.chunked_array([pc.fill_null_forward(pc.if_else(first, texts, None).combine_chunks())])
