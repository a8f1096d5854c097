"""The exported files come back through the app's own reader as what the app shows without a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from sample_data import load_canonical
from tiering.ingest import clean_customers, clean_orders, read_file, suggest_mapping


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_exported_orders_file_is_read_without_help(exported: Path, key: str, language: str) -> None:
    expected = load_canonical(key, language)[0]  # type: ignore[arg-type]
    reading = read_file(exported / f"{key}_orders_{language}.csv")
    mapping = suggest_mapping(reading)
    assert (reading.outcome, mapping.role, reading.set_aside) == ("loads", "orders", ())
    lines = clean_orders(reading, mapping).table
    for name in expected.column_names:
        assert lines[name].to_pylist() == expected[name].to_pylist()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_customer_is_lost_over_a_blank_estimate(exported: Path, key: str, language: str) -> None:
    expected = load_canonical(key, language)[1]  # type: ignore[arg-type]
    reading = read_file(exported / f"{key}_customers_{language}.csv")
    mapping = suggest_mapping(reading)
    assert (reading.outcome, mapping.role, reading.set_aside) == ("loads", "customers", ())
    assert clean_customers(reading, mapping).table.num_rows == expected.num_rows
    assert "annual_revenue" not in mapping.columns
