"""Tables with a column of periods: each line is a sum, dated the last day of its period."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from tiering.claims import Asked, Claim
from tiering.ingest.meaning.draft import Draft, Finding, with_values
from tiering.ingest.meaning.fields import FIELDS, normalised_header
from tiering.ingest.meaning.mapping import Mapping, with_column
from tiering.ingest.meaning.periods import MONTHS_OF, Period, period_of, period_words, vocabulary, year_in
from tiering.ingest.meaning.suggestion import suggest_mapping
from tiering.ingest.meaning.wide import PERIOD_END
from tiering.ingest.values.conversion import as_text, free_name, is_dated

MOST_PERIODS = 1_200  # a hundred years of months; what has more different values is no period
OF_QUARTER = ("季", "quar", "trim", "kwart", "四半期", "분기", "квар")
Read = Callable[[str], Period | None]


def find(draft: Draft, asked: Asked) -> Finding:
    """A table without dates whose lines bear a period: sums by period where its rows say what was sold."""
    if draft.mapping.role not in ("customers", "orders") or draft.mapping.headers("order_date"):
        return Finding(draft)
    if draft.mapping.customer_field is None:
        return Finding(draft)
    found = _year_and_part(draft) or _one_column(draft)
    if found is None:
        return Finding(draft)
    header, texts, periods = found
    year = year_in(iter([*draft.reading.report.get("titles", ()), draft.name])) or _year_before(periods, asked.today)
    days = {text: min(period.last_day(year), asked.today) for text, period in periods.items()}
    dated = _dated(draft, texts, days)
    evidence = {"why": "period_column", "header": header, "example": next(iter(days), "")}
    assumed = any(period.year is None for period in periods.values())
    claim = Claim("rows_are", "periods", "likely" if assumed else "sure", evidence, draft.name, draft.table.num_rows)
    return Finding(dated, (claim,))


def _one_column(draft: Draft) -> tuple[str, pa.ChunkedArray, dict[str, Period]] | None:
    """The only column whose cells all name a period, under a header that says so or in a writing that does."""
    named = [name for name in draft.table.column_names if _is_called_period(name)]
    for name in [*named, *(one for one in draft.table.column_names if one not in named)]:
        if is_dated(draft.table[name].type) or (name not in named and _is_number_column(draft, name)):
            continue
        texts = as_text(draft.table[name])
        periods = _all_read(texts, _reader(name))
        if periods is not None:
            return name, texts, periods
    return None


def _is_called_period(header: str) -> bool:
    return normalised_header(header) in period_words()


def _is_number_column(draft: Draft, name: str) -> bool:
    return not pa.types.is_string(draft.table[name].type)


def _reader(header: str) -> Read:
    """How a cell below the header is read: a bare year is one under a word for years alone."""
    years = {normalised_header(word) for word in vocabulary()["year"]}
    called, of_year = _is_called_period(header), normalised_header(header) in years

    def read(text: str) -> Period | None:
        period = period_of(text)
        if period is None or (period.span == "year" and not of_year):
            return None
        return period if called or (period.year is not None and not text.isdigit()) else None

    return read


def _all_read(texts: pa.ChunkedArray, read: Read) -> dict[str, Period] | None:
    if pc.count_distinct(texts).as_py() > MOST_PERIODS:
        return None
    words = [text for text in pc.unique(texts).to_pylist() if text and text.strip()]
    periods = {text: period for text in words if (period := read(text)) is not None}
    return periods if words and len(periods) == len(words) and len(words) > 1 else None


def _year_and_part(draft: Draft) -> tuple[str, pa.ChunkedArray, dict[str, Period]] | None:
    """A column of years beside one of months or quarters."""
    years = {normalised_header(word) for word in vocabulary()["year"]}
    of_year = [name for name in draft.table.column_names if normalised_header(name) in years]
    parts = [name for name in draft.table.column_names if _is_called_period(name) and name not in of_year]
    if len(of_year) != 1 or len(parts) != 1 or is_dated(draft.table[parts[0]].type):
        return None
    quarter = any(
        word in normalised_header(parts[0]) for word in ("季", "quar", "trim", "kwart", "分期", "분기", "квар")
    )
    tail = "Q" if quarter else "-"
    year, part = (as_text(draft.table[name]) for name in (of_year[0], parts[0]))
    bare = pc.all(pc.match_substring_regex(part, r"^\d{1,2}$")).as_py()
    texts = pc.binary_join_element_wise(year, part, tail if bare else " ")
    periods = _all_read(texts, period_of)
    return None if periods is None else (parts[0], texts, periods)


def _year_before(periods: dict[str, Period], today: date) -> int:
    """The latest year in which all periods without a year are over."""
    bare = [period for period in periods.values() if period.year is None and period.span in MONTHS_OF]
    last = max(bare, key=lambda one: one.number * MONTHS_OF[one.span], default=None)
    return today.year if last is not None and last.last_day(today.year) <= today else today.year - 1


def _dated(draft: Draft, texts: pa.ChunkedArray, days: dict[str, date]) -> Draft:
    known = pa.array(list(days), pa.string())
    places = pc.index_in(texts, value_set=known)
    ends = pa.chunked_array([pa.array(list(days.values()), pa.date32()).take(chunk) for chunk in places.chunks])
    name = free_name(PERIOD_END, {one.casefold() for one in draft.table.column_names})
    changed = with_values(draft, name, ends, "date")
    mapping = suggest_mapping(changed.reading, "orders")
    mapping = with_column(mapping, changed.reading, "order_date", name)
    mapping = replace(mapping, confidence={**mapping.confidence, "order_date": 1.0})
    return replace(changed, mapping=_as_chosen(draft.mapping, mapping, changed))


def _as_chosen(before: Mapping, after: Mapping, draft: Draft) -> Mapping:
    """What was set by hand stays."""
    for key, headers in before.columns.items():
        if key not in before.confidence and "orders" in FIELDS[key].roles:
            after = with_column(after, draft.reading, key, headers)
    return after
