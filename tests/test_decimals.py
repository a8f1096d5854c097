"""Decimals become the numbers that their digits are read as."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiering.decimals import doubles
from tiering.ingest.values.conversion import as_number


def column(texts: list[str | None], scale: int) -> pa.ChunkedArray:
    values = [None if text is None else Decimal(text) for text in texts]
    return pa.chunked_array([pa.array(values, pa.decimal128(38, scale))])


@pytest.mark.parametrize("scale", [1, 2, 3, 6])
def test_each_tenth_from_0_to_10_is_the_number_it_is_written_as(scale):
    texts = [f"{tenths / 10:.1f}" for tenths in range(101)]
    assert doubles(column(texts, scale)).tolist() == [float(text) for text in texts]
    assert as_number(column(texts, scale)).to_pylist() == [float(text) for text in texts]


@given(st.lists(st.integers(-(10**15), 10**15), max_size=20), st.integers(0, 10))
def test_up_to_fifteen_digits_it_is_the_nearest_number(units, scale):
    texts = [str(Decimal(unit).scaleb(-scale)) for unit in units]
    assert doubles(column(texts, scale)).tolist() == [float(text) for text in texts]


def test_what_is_missing_stays_missing_and_big_sums_stay_big():
    found = doubles(column([None, "-12345678901234567890.5", "3.9"], 1))
    assert np.isnan(found[0])
    assert found[1:].tolist() == [pytest.approx(-1.2345678901234567e19, rel=1e-15), 3.9]
    assert as_number(column([None, "3.9"], 1)).to_pylist() == [None, 3.9]


def test_numbers_of_another_kind_and_none_at_all_are_taken_as_they_are():
    assert doubles(pa.chunked_array([[1, 2]])).tolist() == [1.0, 2.0]
    assert doubles(column([], 2)).tolist() == []
