"""Small files as drafts, read as the app reads them."""

from __future__ import annotations

import hashlib
import json
import tempfile
from datetime import date
from functools import cache
from pathlib import Path

from tiering.claims import Asked
from tiering.dataset import Dataset, Role
from tiering.ingest import suggest_mapping
from tiering.ingest.bytes.limits import Limits
from tiering.ingest.bytes.serving import REPORT
from tiering.ingest.bytes.worker import _reply
from tiering.ingest.drop import built
from tiering.ingest.meaning.draft import Draft, Understanding
from tiering.ingest.meaning.understand import understand
from tiering.ingest.read import _reading, failed
from tiering.ingest.reading import Reading
from tiering.problems import DataProblem

TODAY = date(2026, 6, 30)


@cache
def read_here(content: bytes, name: str) -> Reading:
    """What the app's worker reads of a file, read in this process: a hundred small files take no hundred processes."""
    with tempfile.TemporaryDirectory() as place:
        folder, path = Path(place), Path(place) / "upload"
        path.write_bytes(content)
        try:
            reply = _reply({"path": str(path), "answers": {}}, folder, Limits())
        except DataProblem as problem:
            return failed(name, problem.code, problem.facts)
        (folder / REPORT).write_text(json.dumps(reply, default=str), encoding="utf-8")
        return _reading(folder, name, 0)


def draft(text: str, name: str = "orders.csv", role: Role | None = None) -> Draft:
    """A file's text → the draft of its one table."""
    content = text.encode()
    reading = read_here(content, name)
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
