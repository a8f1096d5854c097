"""Rows of a customers file that name a customer again."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from tiering.ingest.values.conversion import as_text

_BETWEEN = "\x1f"  # the unit separator: text that was read holds no control characters


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
