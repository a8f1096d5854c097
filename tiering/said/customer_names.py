"""What a customer is called on pages and papers."""

from __future__ import annotations

import pandas as pd


def customer_label(customers: pd.DataFrame, row: int) -> str:
    """Name of the customer in ``row``, its id where it has none."""
    # one cell at a time: a row of a wide table costs a hundred times as much
    name = customers["customer_name"].iat[row] if "customer_name" in customers else None
    return named(name, str(customers["customer_id"].iat[row]))


def customer_labels(customers: pd.DataFrame) -> list[str]:
    """Name of each customer, its id where it has none."""
    ids = customers["customer_id"].astype(str).tolist()
    if "customer_name" not in customers:
        return ids
    names = customers["customer_name"].tolist()
    return [named(name, given) for name, given in zip(names, ids, strict=True)]


def named(name: object, given: str) -> str:
    """The name, the id where there is no name."""
    return name if isinstance(name, str) and name else given
