"""Order headers and order lines kept in two files, joined on the order number into one table of lines."""

from __future__ import annotations

from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from tiering.ingest.meaning.fields import AMOUNT_PARTS
from tiering.ingest.meaning.mapping import Headers, Mapping, unmapped_headers
from tiering.ingest.meaning.suggestion import suggest_mapping
from tiering.ingest.reading import Column, Reading, SetAside
from tiering.ingest.values.conversion import as_key, as_text, free_name
from tiering.problems import DataProblem, Problem

JOINED = "joined"  # header records that their lines tell from now on
WITHOUT_LINES = "missing"
# What each line says for itself; the same column of the header would count an order once per line.
_OF_LINES = frozenset(
    {"amount", "quantity", "unit_price", "discount", "cost", "unit_cost", "profit", "product", "category"}
)


class Mapped(NamedTuple):
    """One file and what its columns stand for."""

    reading: Reading
    mapping: Mapping


def join_order_lines(headers: Reading, lines: Reading) -> Reading:
    """Order headers (one row per order) + order lines → one row per line with the columns of its order.

    Columns of the header that the lines have too get ``_2``. A line whose order is in no header stays, without
    customer; a header without lines is set aside (``missing``), the other headers count as ``joined``.

    Raises
    ------
    DataProblem
        MISSING_COLUMNS when a file has no order number.
    """
    both = [Mapped(reading, suggest_mapping(reading, "orders")) for reading in (headers, lines)]
    for reading, mapping in both:
        if not mapping.headers("order_id"):
            found = [column.name for column in reading.columns]
            raise DataProblem(Problem.MISSING_COLUMNS, missing=["order_id"], found=found)
    return joined(*both).reading


def are_headers_and_lines(headers: Mapped, lines: Mapped) -> bool:
    """Whether the second file's orders have their customers in the first: by its columns and its order numbers."""
    has = set(lines.mapping.columns)
    numbered = "order_id" in has and "order_id" in headers.mapping.columns
    amounts = "amount" in has or has.issuperset(AMOUNT_PARTS)
    told = headers.mapping.customer_field is not None and lines.mapping.customer_field is None
    if not (numbered and amounts and told) or {headers.mapping.role, lines.mapping.role} != {"orders"}:
        return False
    orders, of_lines = _order_numbers(headers), _order_numbers(lines)
    unique = pc.count_distinct(orders).as_py() == len(orders) - orders.null_count
    return unique and bool(pc.any(_known(of_lines, orders)).as_py())


def joined(headers: Mapped, lines: Mapped) -> Mapped:
    """Two files under their mappings → the joined lines under the mapping that both come to."""
    assert headers.reading.table is not None, "nothing was read"
    assert lines.reading.table is not None, "nothing was read"
    orders, of_lines = _order_numbers(headers), _order_numbers(lines)
    places = pc.index_in(of_lines, value_set=orders, skip_nulls=True)
    renamed = _new_names(headers, lines.reading.table.column_names)
    table = lines.reading.table
    for name, new in renamed.items():
        table = table.append_column(new, headers.reading.table[name].take(places))
    columns = [Column(renamed[one.name], one.kind, one.unit) for one in headers.reading.columns if one.name in renamed]
    lost = _without_lines(headers.reading, _known(orders, of_lines))
    reading = Reading(
        outcome="loads",
        table=table,
        lines=lines.reading.lines,
        columns=(*lines.reading.columns, *columns),
        set_aside=(*lines.reading.set_aside, *headers.reading.set_aside, *lost),
        report=_report(headers.reading, lines.reading, headers.reading.table.num_rows - len(lost)),
    )
    return Mapped(reading, _mapping(headers.mapping, lines.mapping, renamed, table.column_names))


def _order_numbers(file: Mapped) -> pa.ChunkedArray:
    assert file.reading.table is not None, "nothing was read"
    return as_key(file.reading.table[file.mapping.headers("order_id")[0]])


def _known(numbers: pa.ChunkedArray, among: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.is_in(numbers, value_set=among, skip_nulls=True)


def _new_names(headers: Mapped, taken: list[str]) -> dict[str, str]:
    """Header column → its name beside the columns of the lines; the order number is there already."""
    assert headers.reading.table is not None, "nothing was read"
    names = {name.casefold() for name in taken}
    number = headers.mapping.headers("order_id")[0]
    return {name: free_name(name, names) for name in headers.reading.table.column_names if name != number}


def _without_lines(headers: Reading, told: pa.ChunkedArray) -> list[SetAside]:
    assert headers.table is not None, "nothing was read"
    lost = headers.table.filter(pc.invert(told))
    texts = pc.binary_join_element_wise(*(pc.fill_null(as_text(column), "") for column in lost.columns), ",")
    places = pa.chunked_array([headers.lines]).filter(pc.invert(told))
    pairs = zip(places.to_pylist(), texts.to_pylist(), strict=True)
    return [SetAside(line, WITHOUT_LINES, text) for line, text in pairs]


def _report(headers: Reading, lines: Reading, told: int) -> dict[str, object]:
    """The counts of both files together."""
    accounts = [reading.report.get("lines", {}) for reading in (headers, lines)]
    excluded = dict(headers.report.get("excluded", {}))
    for reason, count in lines.report.get("excluded", {}).items():
        excluded[reason] = excluded.get(reason, 0) + count
    return {
        "lines": {key: sum(account.get(key, 0) for account in accounts) for key in ("read", "header")},
        "excluded": excluded | {JOINED: told},
        "notes": [*lines.report.get("notes", ()), *headers.report.get("notes", ())],
    }


def _mapping(of_headers: Mapping, of_lines: Mapping, renamed: dict[str, str], names: list[str]) -> Mapping:
    """What the lines say, completed by what only the header can know."""
    added = [key for key in of_headers.columns if key not in _OF_LINES and key not in of_lines.columns]
    columns: dict[str, Headers] = dict(of_lines.columns)
    columns |= {key: renamed[of_headers.headers(key)[0]] for key in added}
    confidence = {key: sure for one in (of_headers, of_lines) for key, sure in one.confidence.items() if key in columns}
    return Mapping("orders", columns, confidence, unmapped_headers(columns, tuple(names)))
