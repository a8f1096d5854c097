"""Two exports that overlap: asked about with both answers in money before anything is shown."""

from __future__ import annotations

import hashlib

import pytest

from tiering.ingest import read_bytes, suggest_mapping
from tiering.ui.base.source import Source
from tiering.ui.pages.data.reading import with_distinct_hashes

HEADER = "订单编号,客户编号,订单日期,金额"


def source_of(lines: list[str], name: str) -> Source:
    text = "\n".join([HEADER, *lines]).encode()
    reading = read_bytes(text, name)
    return Source(name, hashlib.sha256(text).hexdigest(), reading, suggest_mapping(reading, "orders"))


@pytest.fixture(scope="module")
def exports() -> tuple[Source, ...]:
    shared = "O2,K2,2025-01-31,50.50"
    january = source_of(["O1,K1,2025-01-10,100.00", shared], "一月.csv")
    return january, source_of([shared, "O3,K1,2025-02-03,7.25"], "二月.csv")


def test_two_copies_of_one_file_stay_two_files(exports) -> None:  # type: ignore[no-untyped-def]
    copies = with_distinct_hashes([exports[0], exports[0], exports[1]])
    assert len({one.sha256 for one in copies}) == 3
    assert with_distinct_hashes([exports[0], exports[0], exports[1]]) == copies
