"""The customers that are tiered: merged as agreed, without own companies, dealers apart from end customers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from tiering.dataset import Dataset, Unmatched
from tiering.ingest.clean.companies import Proposal
from tiering.ingest.clean.merging import merged
from tiering.ingest.values.conversion import as_text
from tiering.scenario.population import Population, Rule

MOST_VALUES = 200  # an attribute with more different values is a name or a number, no kind of customer


def selected_population(dataset: Dataset, population: Population) -> Dataset:
    """Dataset → the same with only the customers that are tiered; untouched where that is everybody.

    A customer who is in no customers file has no attributes: by an attribute such a one is neither left out nor a
    dealer. Ids and values that the data does not have change nothing.
    """
    together = merged(dataset, population.merges)
    gone = excluded_ids(together, population)
    return without(together, gone) if gone else together


def excluded_ids(dataset: Dataset, population: Population) -> tuple[str, ...]:
    """Ids of the customers that are not tiered, in code-point order."""
    everybody = _ids(dataset)
    gone = everybody.intersection(population.excluded)
    gone |= set(matching(dataset, population.left_out))
    if population.apart is not None and population.side != "all":
        dealers = set(matching(dataset, population.apart))
        gone |= dealers if population.side == "end" else everybody - dealers
    return tuple(sorted(gone))


def matching(dataset: Dataset, rule: Rule | None) -> tuple[str, ...]:
    """Ids of the customers whose attribute holds one of the rule's values, in code-point order."""
    customers = dataset.customers
    if rule is None or customers is None or rule.column not in customers.column_names:
        return ()
    fits = pc.is_in(as_text(customers[rule.column]), value_set=pa.array(rule.values, pa.string()))
    return tuple(sorted(customers.filter(fits)["customer_id"].to_pylist()))


def kinds_of_customers(dataset: Dataset) -> dict[str, tuple[str, ...]]:
    """Attributes that sort the customers into a few kinds: column → its values in code-point order."""
    customers = dataset.customers
    if customers is None:
        return {}
    texts = [
        name
        for name in customers.column_names
        if name not in ("customer_id", "customer_name") and pa.types.is_string(customers[name].type)
    ]
    values = {name: pc.unique(customers[name].drop_null()) for name in texts}
    few = min(MOST_VALUES, customers.num_rows)
    return {name: tuple(sorted(kinds.to_pylist())) for name, kinds in values.items() if 1 < len(kinds) <= few}


def without(dataset: Dataset, gone: Iterable[str]) -> Dataset:
    """The dataset without these customers, under a fingerprint of its own."""
    ids = sorted(gone)
    listed = pa.array(ids, pa.string())
    key = hashlib.sha256("\n".join([dataset.fingerprint, *ids]).encode()).hexdigest()
    return replace(
        dataset,
        orders=_others(dataset.orders, listed),
        customers=_others(dataset.customers, listed),
        unmatched=_unmatched(dataset.unmatched, set(ids)),
        side_accounts=tuple(replace(one, silent=_left(one.silent, set(ids))) for one in dataset.side_accounts),
        payments=_others(dataset.payments, listed),
        contacts=_others(dataset.contacts, listed),
        fingerprint=key,
    )


def merges_of(dataset: Dataset, proposals: Iterable[Proposal]) -> dict[str, str]:
    """Accepted proposals → id → id that stays.

    The customer with the most revenue stays, the first by code point among equals. Proposals that share
    a customer are one company.
    """
    companies: list[set[str]] = []
    for proposal in proposals:
        touching = [one for one in companies if not one.isdisjoint(proposal.ids)]
        companies = [one for one in companies if one not in touching]
        companies.append(set(proposal.ids).union(*touching))
    revenue = _revenue(dataset)
    merges: dict[str, str] = {}
    for company in companies:
        stays = min(company, key=lambda one: (-revenue.get(one, 0.0), one))
        merges |= dict.fromkeys(sorted(company - {stays}), stays)
    return merges


def _revenue(dataset: Dataset) -> dict[str, float]:
    """Revenue by customer: of the orders, else as the customers file says."""
    if dataset.orders is not None:
        sums = dataset.orders.select(["customer_id", "amount"]).group_by("customer_id").aggregate([("amount", "sum")])
        return dict(zip(sums["customer_id"].to_pylist(), map(float, sums["amount_sum"].to_pylist()), strict=True))
    if dataset.customers is None or "annual_revenue" not in dataset.customers.column_names:
        return {}
    pairs = zip(*(dataset.customers[name].to_pylist() for name in ("customer_id", "annual_revenue")), strict=True)
    return {key: float(revenue or 0.0) for key, revenue in pairs}


def _ids(dataset: Dataset) -> set[str]:
    tables = (table for table in (dataset.orders, dataset.customers) if table is not None)
    return {key for table in tables for key in pc.unique(table["customer_id"]).to_pylist()}


def _others(table: pa.Table | None, gone: pa.Array) -> pa.Table | None:
    return None if table is None else table.filter(pc.invert(pc.is_in(table["customer_id"], value_set=gone)))


def _unmatched(unmatched: Unmatched | None, gone: set[str]) -> Unmatched | None:
    if unmatched is None:
        return None
    return Unmatched(_left(unmatched.without_attributes, gone), _left(unmatched.without_orders, gone))


def _left(side: tuple[str, ...], gone: set[str]) -> tuple[str, ...]:
    return tuple(one for one in side if one not in gone)
