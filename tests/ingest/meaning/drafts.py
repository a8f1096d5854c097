"""Small files as drafts, read as the app reads them."""

from __future__ import annotations

import hashlib
from datetime import date

from tiering.claims import Asked
from tiering.dataset import Dataset, Role
from tiering.ingest import read_bytes, suggest_mapping
from tiering.ingest.drop import built
from tiering.ingest.meaning.draft import Draft, Understanding
from tiering.ingest.meaning.understand import understand

TODAY = date(2026, 6, 30)


def draft(text: str, name: str = "orders.csv", role: Role | None = None) -> Draft:
    """A file's text → the draft of its one table."""
    content = text.encode()
    reading = read_bytes(content, name)
    reading.ensure_read()
    return Draft(name, hashlib.sha256(content).hexdigest(), reading, suggest_mapping(reading, role), role)


def understood(*texts: str, accept: bool = True, **answers: object) -> Understanding:
    """Files' texts → what is taken to be so of them, proposals accepted unless said otherwise."""
    drafts = [draft(text, f"file-{place}.csv") for place, text in enumerate(texts, start=1)]
    return understand(drafts, Asked(answers, TODAY, accept))


def revenue(dataset: Dataset) -> dict[str, float]:
    """Revenue of each customer."""
    assert dataset.orders is not None
    sums = dataset.orders.group_by("customer_id").aggregate([("amount", "sum")]).to_pydict()
    return {key: float(money) for key, money in zip(sums["customer_id"], sums["amount_sum"], strict=True)}


def counted(*texts: str, accept: bool = True, **answers: object) -> dict[str, float]:
    """Files' texts → revenue of each customer, the bridge checked on the way."""
    return revenue(built(understood(*texts, accept=accept, **answers)))
