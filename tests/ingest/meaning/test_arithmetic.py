"""Whether one column is the product of others: two rows that show it are enough, one is chance."""

from __future__ import annotations

import numpy as np
import pytest

from tiering.ingest.meaning.arithmetic import agrees, is_priced, is_product


def column(*figures: float) -> np.ndarray:
    return np.array(figures, dtype=float)


def test_two_rows_show_a_product_and_one_does_not() -> None:
    assert is_product(column(6, 20), column(2, 4), column(3, 5))
    assert not is_product(column(6, 5), column(2, 1), column(3, 5))  # once one piece: 5 is the price as well
    assert not is_product(column(6, 0), column(2, 0), column(3, 5))
    assert not is_product(column(6, 21), column(2, 4), column(3, 5))


@pytest.mark.parametrize(
    ("total", "discount"),
    [
        (column(90, 160), column(0.1, 0.2)),  # a share of the price
        (column(90, 160), column(10, 20)),  # a percentage
        (column(90, 160), column(10, 40)),  # money
        (column(100, 160), column(np.nan, 40)),  # none in the first row
    ],
)
def test_a_discount_may_be_a_share_a_percentage_or_money(total: np.ndarray, discount: np.ndarray) -> None:
    assert is_priced(total, column(10, 20), column(10, 10), discount)
    assert not is_priced(total, column(10, 20), column(10, 10), None)


def test_columns_agree_to_a_cent_in_all_rows_but_one_in_fifty() -> None:
    told = np.arange(1.0, 51.0)
    one_off, two_off = told.copy(), told.copy()
    one_off[0], two_off[:2] = 99, 99
    assert agrees(told, one_off + 0.01)
    assert not agrees(told, two_off)
    assert not agrees(told, told + 0.02)
    assert not agrees(column(5, 5, 5), column(5, 5, 5))  # always the same number proves nothing
    assert not agrees(column(5, np.nan), column(5, 6))
