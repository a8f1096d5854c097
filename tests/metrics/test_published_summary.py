"""The part of the metrics that customer-base models share, against the published example of two libraries.

Transactions and summary as in the test-suites of lifetimes (MIT) and pymc-marketing (Apache-2.0), ``rfm_summary``:
frequency counts repeat purchase days, recency is the age at the last purchase, T the age now.
"""

from datetime import date

import pytest

from tests.metrics.orders import line, table

TRANSACTIONS = [
    ("1", "2015-01-01", "1"), ("1", "2015-02-06", "2"),
    ("2", "2015-01-01", "2"),
    ("3", "2015-01-01", "3"), ("3", "2015-01-02", "1"), ("3", "2015-01-05", "5"),
    ("4", "2015-01-16", "6"), ("4", "2015-02-02", "3"), ("4", "2015-02-05", "3"), ("4", "2015-02-05", "6"),
    ("5", "2015-01-16", "3"), ("5", "2015-01-17", "1"), ("5", "2015-01-18", "8"),
    ("6", "2015-02-02", "5"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("observed_until", "customers", "frequency", "recency", "age"),
    [
        (date(2015, 2, 7), "123456", [1, 0, 2, 2, 2, 0], [36, 0, 4, 20, 2, 0], [37, 37, 37, 22, 22, 5]),
        (date(2015, 2, 1), "12345", [0, 0, 2, 0, 2], [0, 0, 4, 0, 2], [31, 31, 31, 16, 16]),
    ],
)
def test_repeat_purchases_ages_and_recency_equal_the_published_summary(
    metrics, observed_until, customers, frequency, recency, age
):
    summary = metrics(table([line(*transaction) for transaction in TRANSACTIONS]), [observed_until])
    assert summary["customer_id"].tolist() == list(customers)
    assert summary["gaps"].tolist() == frequency
    assert (summary["tenure_days"] - summary["recency_days"]).tolist() == recency
    assert summary["tenure_days"].tolist() == age


def test_mean_gap_times_repeat_purchases_is_the_published_recency(metrics):
    summary = metrics(table([line(*transaction) for transaction in TRANSACTIONS]), [date(2015, 2, 7)])
    assert (summary["gap_mean_days"] * summary["gaps"]).fillna(0).tolist() == [36, 0, 4, 20, 2, 0]


def test_orders_of_one_day_are_one_without_numbers(metrics):
    rows = [line(*transaction) for transaction in TRANSACTIONS]
    summary = metrics(table(rows), [date(2015, 2, 7)])
    assert summary["orders"].tolist() == [2, 1, 3, 3, 3, 1]
    assert summary["revenue"].tolist() == [3, 2, 9, 18, 12, 5]
