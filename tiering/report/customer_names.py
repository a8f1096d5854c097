"""What a customer is called on pages and papers."""

from __future__ import annotations

import pandas as pd


def customer_label(customers: pd.DataFrame, row: int) -> str:
    """Name of the customer in ``row``, its id where it has none."""
    return customer_labels(customers.iloc[[row]])[0]


def customer_labels(customers: pd.DataFrame) -> list[str]:
    """Name of each customer, its id where it has none."""
    ids = customers["customer_id"].astype(str).tolist()
    if "customer_name" not in customers:
        return ids
    names = customers["customer_name"].tolist()
    return [name if isinstance(name, str) and name else given for name, given in zip(names, ids, strict=True)]
