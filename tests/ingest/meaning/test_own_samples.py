"""The exports of the three samples leave nothing open."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

import sample_data
from sample_data import SETS
from tiering.claims import Asked
from tiering.ingest import read_bytes, suggest_mapping
from tiering.ingest.drop import built
from tiering.ingest.meaning.draft import Draft
from tiering.ingest.meaning.understand import understand

FOLDER = Path(sample_data.__file__).parent


@pytest.mark.parametrize("name", SETS)
def test_a_sample_dropped_as_files_asks_nothing_and_counts_every_line(name: str) -> None:
    drafts = []
    for kind in ("orders", "customers"):
        content = (FOLDER / f"{name}_{kind}.parquet").read_bytes()
        reading = read_bytes(content, f"{kind}.parquet")
        drafts.append(Draft(f"{kind}.parquet", hashlib.sha256(content).hexdigest(), reading, suggest_mapping(reading)))
    understood = understand(drafts, Asked({}, date(2026, 12, 31)))
    assert understood.questions == ()
    bridge = built(understood).meaning.bridge
    assert bridge[0].money == bridge[-1].money
    assert bridge[0].lines == bridge[-1].lines
