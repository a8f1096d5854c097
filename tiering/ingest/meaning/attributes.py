"""What describes a customer and what only its orders; rates that stay rates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from tiering.claims import Asked, Claim
from tiering.ingest.clean.amounts import as_decimal
from tiering.ingest.clean.cleaning import customer_keys
from tiering.ingest.meaning.draft import Draft, Finding, with_values
from tiering.ingest.meaning.fields import FIELDS, normalised_header
from tiering.ingest.meaning.mapping import with_column
from tiering.ingest.values.conversion import as_text, is_number

OF_CUSTOMERS = ("size", "industry", "parent_id", "decision_chain")
OF_PERCENT = ("%", "percent", "pct", "prozent", "率")
ORDER = "order"  # what is added to the name of a column that is the order's
STEADY = 0.9  # share of the customers with several orders under which a column may differ from order to order
RATES = ("margin_rate", "growth", "returns_share", "on_time_payment_share")
PERCENT = Decimal("0.01")
PLAIN_RATE = Decimal("1.5")  # above that a margin or a share was written in per cent


def of_orders(draft: Draft, asked: Asked) -> Finding:
    """Orders whose size or industry differs from order to order: it is the order's, not the customer's."""
    if draft.mapping.customer_field is None:
        return Finding(draft)
    keys, claims = customer_keys(draft.table, draft.mapping), []
    for key in OF_CUSTOMERS:
        headers = draft.mapping.headers(key)
        if headers and key in draft.mapping.confidence and not _is_steady(keys, as_text(draft.table[headers[0]])):
            draft = _of_order(draft, key, headers[0])
            evidence = {"why": "of_order", "header": headers[0]}
            claims.append(Claim("attributes", headers[0], "likely", evidence, draft.name))
    return Finding(draft, tuple(claims))


def _of_order(draft: Draft, key: str, header: str) -> Draft:
    """The draft with a column that stands for no field, under a name that is not one of a field either."""
    mapping = with_column(draft.mapping, draft.reading, key, None)
    if header.casefold() not in FIELDS:
        return replace(draft, mapping=mapping)
    names = {name: f"{name} ({ORDER})" if name == header else name for name in draft.table.column_names}
    columns = tuple(replace(one, name=names[one.name]) for one in draft.reading.columns)
    reading = replace(draft.reading, table=draft.table.rename_columns(list(names.values())), columns=columns)
    unmapped = tuple(names[name] for name in mapping.unmapped)
    return replace(draft, reading=reading, mapping=replace(mapping, unmapped=unmapped))


def _is_steady(keys: pa.ChunkedArray, values: pa.ChunkedArray) -> bool:
    """Whether nearly all customers with several filled lines have one value on them; so too where there are none."""
    pairs = pa.table({"customer": keys, "value": values}).filter(values.is_valid())
    counts = pairs.group_by("customer").aggregate([("value", "count"), ("value", "count_distinct")])
    several = counts.filter(pc.greater(counts["value_count"], 1))
    if not several.num_rows:
        return True
    steady = pc.sum(pc.equal(several["value_count_distinct"], 1)).as_py() or 0
    return bool(steady >= STEADY * several.num_rows)


def rates(draft: Draft, asked: Asked) -> Finding:
    """Margins between 0 and 1 are rates of the revenue; shares written in per cent become shares."""
    claims = list(_margin_as_rate(draft))
    for claim in claims:
        header = str(claim.value)
        mapping = with_column(draft.mapping, draft.reading, "margin", None)
        draft = replace(draft, mapping=with_column(mapping, draft.reading, "margin_rate", header))
    for key in RATES:
        for header in draft.mapping.headers(key):
            if _in_percent(draft, key, header):
                values = as_decimal(draft.table[header]).cast(pa.decimal128(20, 6))
                draft = with_values(draft, header, pc.multiply(values, pa.scalar(PERCENT)), "share")
                claims.append(Claim("percent", header, "likely", {"why": "percent", "header": header}, draft.name))
    return Finding(draft, tuple(claims))


def _margin_as_rate(draft: Draft) -> Iterator[Claim]:
    """The column called a margin whose values are rates: in per cent, or none above 1."""
    if draft.mapping.headers("margin_rate"):
        return
    kinds = {column.name: column.kind for column in draft.reading.columns}
    named = [name for name in draft.mapping.unmapped if normalised_header(name) in FIELDS["margin"].words]
    for header in (*draft.mapping.headers("margin"), *(name for name in named if kinds[name] == "share")):
        called = kinds[header] == "share" or any(sign in header.casefold() for sign in OF_PERCENT)
        if is_number(draft.table[header].type) and (called or _within_one(draft.table[header])):
            yield Claim("percent", header, "likely", {"why": "rate", "header": header}, draft.name)
            return


def _within_one(values: pa.ChunkedArray) -> bool:
    bounds = pc.min_max(as_decimal(values)).as_py()
    return bounds["max"] is not None and abs(bounds["min"]) <= 1 and 0 < bounds["max"] <= 1


def _in_percent(draft: Draft, key: str, header: str) -> bool:
    """Whether a column of shares holds numbers no share can have: 25 where 0.25 is meant."""
    kind = next(one.kind for one in draft.reading.columns if one.name == header)
    if kind == "share" or key == "growth" or not is_number(draft.table[header].type):
        return False
    values = pc.abs(as_decimal(draft.table[header]).drop_null())
    return bool(len(values)) and bool(pc.max(values).as_py() > PLAIN_RATE) and bool(pc.max(values).as_py() <= 100)
