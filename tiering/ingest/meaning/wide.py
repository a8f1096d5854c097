"""Tables with one column per period: months and shorter ones become sums by period, years the revenue of a year."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from tiering.claims import Asked, Claim
from tiering.ingest.clean.amounts import as_decimal, fixed_decimals
from tiering.ingest.meaning.draft import Draft, Finding, leave_out, with_values
from tiering.ingest.meaning.fields import FIELDS, normalised_header
from tiering.ingest.meaning.header_match import ACCEPTED, word_score
from tiering.ingest.meaning.mapping import Mapping, headers_of, unmapped_headers, with_column
from tiering.ingest.meaning.periods import Period, Span, period_in, vocabulary, year_in
from tiering.ingest.reading import Column, Reading
from tiering.ingest.values.conversion import free_name, is_number

PERIOD_END = "period_end"
NO_SALE = "no_sale"
LEAST = {"year": 2, "half": 2}  # columns that make a series; of other periods three


@dataclass(frozen=True)
class Series:
    """Columns of one measure, one per period."""

    span: Span
    measure: str
    columns: tuple[tuple[str, Period], ...]


def find(draft: Draft, asked: Asked) -> Finding:
    """A table of customers with a column per period: sums by period, or the last year with the growth into it."""
    if draft.mapping.role not in ("customers", "orders") or draft.mapping.headers("order_date"):
        return Finding(draft)
    series = _series(draft)
    if series is None or draft.mapping.customer_field is None:
        return Finding(draft)
    return _years(draft, series) if series.span == "year" else _sums(draft, series, asked.today)


def _series(draft: Draft) -> Series | None:
    """The series of what was sold: the one that says so, the finest, the longest."""
    found: dict[tuple[Span, str], list[tuple[str, Period]]] = defaultdict(list)
    for name in draft.table.column_names:
        named = period_in(name)
        if named is not None and _holds_numbers(draft, name):
            found[named[0].span, normalised_header(named[1]) if named[1] else ""].append((name, named[0]))
    kept = [
        Series(span, measure, tuple(columns)) for (span, measure), columns in found.items() if not _is_other(measure)
    ]
    kept = [one for one in kept if len({period for _, period in one.columns}) >= LEAST.get(one.span, 3)]
    return max(kept, key=_preference, default=None)


def _holds_numbers(draft: Draft, name: str) -> bool:
    values = draft.table[name]
    return is_number(values.type) or values.null_count == len(values)


def _is_other(measure: str) -> bool:
    return any(word in measure for word in vocabulary()["other_measures"])


def _preference(series: Series) -> tuple[bool, bool, int]:
    bare = series.measure
    said = bool(bare) and max(word_score(FIELDS[key], bare) for key in ("annual_revenue", "amount")) >= ACCEPTED
    return said, series.span != "year", len(series.columns)


def _years(draft: Draft, series: Series) -> Finding:
    """The last year is the revenue of a year, the step from the year before its growth."""
    columns = sorted(series.columns, key=lambda one: one[1].year or 0)
    last, header = columns[-1][1].year, columns[-1][0]
    mapping = with_column(draft.mapping, draft.reading, "annual_revenue", header)
    changed = replace(draft, mapping=replace(mapping, role="customers"))
    evidence = {"why": "last_year", "header": header, "years": [name for name, _ in columns]}
    claim = Claim("amount_period", last, "likely", evidence, draft.name, draft.table.num_rows)
    return Finding(_with_growth(changed, columns[-2][0], header), (claim,))


def _with_growth(draft: Draft, before: str, last: str) -> Draft:
    if draft.mapping.headers("growth"):
        return draft
    first, second = (pc.cast(as_decimal(draft.table[name]), pa.float64()) for name in (before, last))
    rate = pc.if_else(pc.greater(first, 0), pc.subtract(pc.divide(second, first), 1.0), None)
    name = free_name("growth", {one.casefold() for one in draft.table.column_names})
    changed = with_values(draft, name, rate, "share")
    return replace(changed, mapping=with_column(changed.mapping, changed.reading, "growth", name))


def _sums(draft: Draft, series: Series, today: date) -> Finding:
    """One row per customer and period in which something was sold, dated the last day of the period."""
    headers = [name for name, _ in series.columns]
    year = year_in(iter([*draft.reading.report.get("titles", ()), draft.name]))
    assumed = None if all(period.year for _, period in series.columns) or year else _year_before(series, today)
    days = {name: min(period.last_day(year or assumed), today) for name, period in series.columns}
    sold = {name: fixed_decimals(as_decimal(draft.table[name])) for name in headers}
    silent = pa.repeat(pa.scalar(True), draft.table.num_rows)
    for values in sold.values():
        silent = pc.and_(silent, pc.fill_null(pc.equal(values, 0), True))
    kept = leave_out(draft, silent, NO_SALE)
    unpivoted = _unpivoted(kept, series, days)
    why = "year_assumed" if assumed else "sums"
    evidence = {"why": why, "first": headers[0], "last": headers[-1], "year": str(year or assumed or "")}
    claim = Claim(
        "rows_are", "periods", "likely" if assumed else "sure", evidence, draft.name, unpivoted.table.num_rows
    )
    return Finding(unpivoted, (claim,))


def _year_before(series: Series, today: date) -> int:
    """The latest year in which all its periods have begun."""
    last = max((period for _, period in series.columns), key=lambda one: one.number)
    return today.year if last.last_day(today.year) <= today else today.year - 1


def _unpivoted(draft: Draft, series: Series, days: dict[str, date]) -> Draft:
    every = _all_period_columns(draft)
    own = [name for name in draft.table.column_names if name not in every]
    taken = {name.casefold() for name in own}
    amount, period = free_name(series.measure or "amount", taken), free_name(PERIOD_END, taken)
    parts, lines = [], []
    for name, day in days.items():
        values = fixed_decimals(as_decimal(draft.table[name]))
        mask = pc.fill_null(pc.not_equal(values, 0), False)
        rows = draft.table.select(own).filter(mask)
        rows = rows.append_column(period, pa.repeat(pa.scalar(day, pa.date32()), rows.num_rows))
        parts.append(rows.append_column(amount, values.filter(mask).cast(pa.decimal128(24, 6))))
        lines.append(draft.lines.filter(mask.combine_chunks()))
    table, columns = pa.concat_tables(parts), [one for one in draft.reading.columns if one.name in own]
    reading = _counted(draft.reading, table, pa.concat_arrays(lines))
    reading = replace(reading, columns=(*columns, Column(period, "date"), Column(amount, "money", _unit(draft, days))))
    return replace(draft, reading=reading, mapping=_mapping(draft, reading, period, amount))


def _all_period_columns(draft: Draft) -> set[str]:
    """Columns of any series, and what adds one up: their cells are in the sums."""
    named = {name for name in draft.table.column_names if _holds_numbers(draft, name) and period_in(name)}
    totals = {one for key in ("annual_revenue", "amount") for one in draft.mapping.headers(key)}
    return named | totals


def _unit(draft: Draft, days: dict[str, date]) -> str:
    return next((column.unit for column in draft.reading.columns if column.name in days and column.unit), "")


def _counted(reading: Reading, table: pa.Table, lines: pa.Array) -> Reading:
    """The reading with one row per sum; its account counts the sums, since one line of the file holds many."""
    account = {"header": reading.report.get("lines", {}).get("header", 1)}
    gone = sum(reading.report.get("excluded", {}).values()) + len(reading.set_aside)
    account["read"] = account["header"] + gone + table.num_rows
    return replace(reading, table=table, lines=lines, report={**reading.report, "lines": account})


def _mapping(draft: Draft, reading: Reading, period: str, amount: str) -> Mapping:
    present = set(headers_of(reading))
    kept = {key: one for key, one in draft.mapping.columns.items() if present.issuperset(draft.mapping.headers(key))}
    kept = {key: one for key, one in kept.items() if "orders" in FIELDS[key].roles}
    columns = {**kept, "order_date": period, "amount": amount}
    confidence = {key: sure for key, sure in draft.mapping.confidence.items() if key in kept}
    confidence |= {"order_date": 1.0, "amount": 1.0}
    return Mapping("orders", columns, confidence, unmapped_headers(columns, headers_of(reading)))
