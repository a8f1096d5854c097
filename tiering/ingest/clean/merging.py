"""Customers counted as one on request: id → id that stays, applied to a dataset, undone by leaving it out."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from tiering.dataset import Dataset, Unmatched
from tiering.ingest.clean.attributes import merged_customers


def merged(dataset: Dataset, merges: Mapping[str, str]) -> Dataset:
    """The dataset with each customer of ``merges`` (id → id that stays) counted as the one that stays.

    Order lines, payments and contacts move over; attributes of the one that stays win, gaps are filled from the
    merged ones in code-point order. The dataset given is untouched, so that leaving an entry out of ``merges``
    undoes it.

    Raises
    ------
    ValueError
        When merges run in a circle.
    """
    final = resolved(merges)
    if not final:
        return dataset
    choice = json.dumps([dataset.fingerprint, sorted(final.items())], ensure_ascii=False)
    return replace(
        dataset,
        orders=None if dataset.orders is None else _renamed(dataset.orders, final),
        customers=None if dataset.customers is None else _folded(dataset.customers, final),
        unmatched=None if dataset.unmatched is None else _rematched(dataset.unmatched, final),
        side_accounts=tuple(replace(one, silent=_all_of(one.silent, final)) for one in dataset.side_accounts),
        payments=None if dataset.payments is None else _renamed(dataset.payments, final),
        contacts=None if dataset.contacts is None else _renamed(dataset.contacts, final),
        fingerprint=hashlib.sha256(choice.encode()).hexdigest(),
    )


def resolved(merges: Mapping[str, str]) -> dict[str, str]:
    """Merges with chains followed to their end (a → b → c gives a → c) and merges into oneself left out.

    Raises
    ------
    ValueError
        When merges run in a circle.
    """
    final = {}
    for start in merges:
        seen, end = {start}, merges[start]
        while merges.get(end, end) != end:
            if end in seen:
                raise ValueError(f"merges run in a circle at {end!r}")
            seen.add(end)
            end = merges[end]
        if end != start:
            final[start] = end
    return final


def without_merge(merges: Mapping[str, str], customer_id: str) -> dict[str, str]:
    """The merges with one customer on its own again."""
    return {merged_id: stays for merged_id, stays in merges.items() if merged_id != customer_id}


def _renamed(table: pa.Table, final: Mapping[str, str]) -> pa.Table:
    keys = table["customer_id"]
    found = pc.index_in(keys, value_set=pa.array(final, pa.string()))
    renamed = pc.coalesce(pa.array(final.values(), pa.string()).take(found.combine_chunks()), keys.combine_chunks())
    return table.set_column(table.column_names.index("customer_id"), "customer_id", renamed)


def _folded(customers: pa.Table, final: Mapping[str, str]) -> pa.Table:
    """One row per customer that is left, its gaps filled round by round from those merged into it."""
    gone = pc.is_in(customers["customer_id"], value_set=pa.array(final, pa.string()))
    rounds = [customers.filter(pc.invert(gone))]
    waiting = _renamed(customers.filter(gone).sort_by("customer_id"), final)
    while waiting.num_rows:
        first = _first_of_each(waiting["customer_id"].to_pylist())
        rounds.append(waiting.filter(first))
        waiting = waiting.filter(pc.invert(first))
    return merged_customers(rounds) or customers


def _first_of_each(keys: list[str]) -> pa.Array:
    places = dict(zip(reversed(keys), range(len(keys) - 1, -1, -1), strict=True))
    return pa.array([places[key] == place for place, key in enumerate(keys)])


def _rematched(unmatched: Unmatched, final: Mapping[str, str]) -> Unmatched:
    """A merged customer is on one side only if all its parts are on that side only."""
    return Unmatched(_all_of(unmatched.without_attributes, final), _all_of(unmatched.without_orders, final))


def _all_of(side: tuple[str, ...], final: Mapping[str, str]) -> tuple[str, ...]:
    """The customers of a list under the ids that stay, merged ones where all their parts are in it."""
    parts: dict[str, set[str]] = defaultdict(set)
    for merged_id, stays in final.items():
        parts[stays] |= {merged_id, stays}
    ends = {final.get(key, key) for key in side}
    return tuple(sorted(end for end in ends if parts.get(end, {end}) <= set(side)))
