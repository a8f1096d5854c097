"""By which number lines belong to one order: the column, whether its numbers start again, or customer and day."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from tiering.claims import Asked, Choice, Claim, Question
from tiering.ingest.clean.cleaning import customer_keys
from tiering.ingest.meaning.draft import Draft, Finding, with_values
from tiering.ingest.meaning.fields import normalised_header
from tiering.ingest.meaning.mapping import with_column
from tiering.ingest.values.conversion import as_date, as_key

NUMBER = "order_number"
RESTARTS, CUSTOMER_DAY = "restarts", "customer_day"
ONE_ORDER = 31  # days after which a number that comes back is another order's
FILLED = 0.95
FEW = 0.01  # share of the numbers that may come back to their customer without a question
BY = " · "


@cache
def words() -> dict[str, list[str]]:
    """Parts of headers, as headers are compared."""
    lists = tomllib.loads((Path(__file__).parent / "order_number.toml").read_text(encoding="utf-8"))
    return {name: [normalised_header(word) or word for word in entry] for name, entry in lists.items()}


def find(draft: Draft, asked: Asked) -> Finding:
    """The order number of an orders draft, made unique where its numbers start again."""
    if draft.mapping.customer_field is None or not draft.mapping.headers("order_date"):
        return Finding(draft)
    answer = asked.answers.get(NUMBER)
    if isinstance(answer, str) and answer in draft.table.column_names:
        draft = _numbered(draft, answer)
    elif not draft.mapping.headers("order_id"):
        found = _proposed(draft, asked)
        return found if not found.draft.mapping.headers("order_id") else _restarted(found, asked)
    return _restarted(Finding(draft), asked)


def _numbered(draft: Draft, header: str) -> Draft:
    mapping = draft.mapping
    for key in [key for key in mapping.columns if header in mapping.headers(key)]:
        mapping = with_column(mapping, draft.reading, key, None)
    return replace(draft, mapping=with_column(mapping, draft.reading, "order_id", header))


def _proposed(draft: Draft, asked: Asked) -> Finding:
    """The one column of unique numbers; several are asked about; without any, customer and day make an order."""
    candidates = [name for name in draft.mapping.unmapped if _may_number(draft, name)]
    if not candidates:
        why = {"why": CUSTOMER_DAY}
        return Finding(draft, (Claim(NUMBER, CUSTOMER_DAY, "sure", why, draft.name, draft.table.num_rows),))
    if len(candidates) == 1:
        claim = Claim(NUMBER, candidates[0], "likely", {"why": "unique", "header": candidates[0]}, draft.name)
        return Finding(_numbered(draft, candidates[0]), (claim,))
    choices = tuple(Choice(name, draft.table.num_rows) for name in candidates)
    question = Question(NUMBER, draft.name, choices, candidates[0], evidence={"why": "several", "headers": candidates})
    value, degree = asked.decided(question)
    claim = Claim(NUMBER, value, degree, {"why": "unique", "header": value}, draft.name)
    return Finding(_numbered(draft, value), (claim,), (question,) if degree == "open" else ())


def _may_number(draft: Draft, name: str) -> bool:
    """Whether a column of codes is called a number, differs on every line, and numbers neither lines nor parcels."""
    column = next(one for one in draft.reading.columns if one.name == name)
    bare = normalised_header(name)
    if column.kind not in ("id", "text", "category", "name") or any(word in bare for word in words()["other"]):
        return False
    if not any(bare.endswith(word) for word in words()["number"]):
        return False
    values = draft.table[name].drop_null()
    enough = len(values) >= FILLED * draft.table.num_rows and len(values) > 1
    return enough and pc.count_distinct(values).as_py() == len(values) and not _counts_rows(values)


def _counts_rows(values: pa.ChunkedArray) -> bool:
    """Whether the values are 1, 2, 3 … in the order of the lines."""
    texts = values.slice(0, 1000).cast(pa.string()).to_pylist()
    first = int(texts[0]) if texts[0].isdigit() else -1
    return first in (0, 1) and texts == [str(first + place) for place in range(len(texts))]


def _restarted(found: Finding, asked: Asked) -> Finding:
    """Numbers that come back after a month, or with another customer, are those of other orders."""
    draft = found.draft
    header = draft.mapping.headers("order_id")[0]
    lines = pa.table(
        {
            "number": as_key(draft.table[header]),
            "customer": customer_keys(draft.table, draft.mapping),
            "day": as_date(draft.table[draft.mapping.headers("order_date")[0]]),
        }
    )
    sold = _sold(draft, lines)
    spans, own = _spans(sold, ["number"]), _spans(sold, ["number", "customer"])
    shared = spans.filter(pc.greater(spans["customer_count_distinct"], 1))["number"]
    back = own.filter(pc.greater(own["days"], ONE_ORDER))["number"]
    if not len(shared) and not len(back):
        return found
    changed = _with_restarts(draft, header, lines, shared, back)
    count = len(pc.unique(pa.concat_arrays([shared.combine_chunks(), back.combine_chunks()])))
    choices = (Choice(RESTARTS, draft.table.num_rows), Choice(header, draft.table.num_rows))
    evidence = {"why": RESTARTS, "header": header, "count": count}
    question = Question(NUMBER, draft.name, choices, RESTARTS, header, evidence, count)
    value, degree = asked.decided(question)
    if degree == "open" and (len(back) <= FEW * len(spans) or _by_year_alone(lines, back)):
        degree = "likely"
    claim = Claim(NUMBER, value, degree, evidence, draft.name, count)
    kept = changed if value != header else draft
    return Finding(kept, (*found.claims, claim), (question, *found.questions) if degree == "open" else found.questions)


def _sold(draft: Draft, lines: pa.Table) -> pa.Table:
    """Lines that sell something: what comes back later under the number of its order is a return."""
    amounts = draft.amounts()
    known = pc.and_(pc.is_valid(lines["number"]), pc.is_valid(lines["customer"]))
    return lines.filter(known if amounts is None else pc.and_(known, pc.fill_null(pc.greater(amounts, 0), False)))


def _spans(lines: pa.Table, keys: list[str]) -> pa.Table:
    grouped = lines.group_by(keys).aggregate([("day", "min"), ("day", "max"), ("customer", "count_distinct")])
    days = pc.subtract(grouped["day_max"].cast(pa.int32()), grouped["day_min"].cast(pa.int32()))
    return grouped.append_column("days", pc.fill_null(days, 0))


def _by_year_alone(lines: pa.Table, back: pa.ChunkedArray) -> bool:
    """Whether the year tells the orders of every number apart."""
    some = lines.filter(pc.is_in(lines["number"], value_set=back.combine_chunks()))
    spans = _spans(some.append_column("year", pc.year(some["day"])), ["number", "customer", "year"])
    return bool(pc.max(spans["days"]).as_py() <= ONE_ORDER)


def _with_restarts(draft: Draft, header: str, lines: pa.Table, shared: pa.ChunkedArray, back: pa.ChunkedArray) -> Draft:
    """Number + customer where several bear it, number + year (or month) where it comes back."""
    numbers = lines["number"]
    by_customer = pc.is_in(numbers, value_set=shared.combine_chunks())
    by_time = pc.is_in(numbers, value_set=back.combine_chunks())
    form = "%Y" if not len(back) or _by_year_alone(lines, back) else "%Y-%m"
    times = pc.fill_null(pc.strftime(lines["day"], format=form), "")
    customers = pc.fill_null(lines["customer"], "")
    keys = pc.if_else(by_time, pc.binary_join_element_wise(numbers, times, BY), numbers)
    keys = pc.if_else(by_customer, pc.binary_join_element_wise(keys, customers, BY), keys)
    return with_values(draft, header, keys, "id")
