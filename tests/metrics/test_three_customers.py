"""Three customers whose every figure can be checked in the head."""

import math
from datetime import date

import pandas as pd
import pytest

from tests.metrics.orders import line, table

# Ann: two orders last year and one the year before; of the last a line came a day later, and a part was returned.
# Bao: sent back what was bought before the file begins. Cai: bought once, two years ago.
LINES = [
    line("Ann", "2023-03-10", "600", "A1", category="pump"),
    line("Ann", "2023-03-10", "400", "A1", category="valve"),
    line("Ann", "2024-01-31", "500", "A2", category="pump", cost="300"),
    line("Ann", "2024-03-01", "300", "A3", category="valve", cost="180"),
    line("Ann", "2024-03-02", "200", "A3", category="valve", cost="120"),
    line("Ann", "2024-09-01", "-100", "CA3", category="valve", cost="-60"),
    line("Bao", "2024-05-05", "-50", "C9", category="pump"),
    line("Cai", "2022-12-15", "80", "A0", category="pump"),
]
AS_OF = date(2024, 12, 31)


@pytest.fixture(scope="module")
def customers(metrics) -> pd.DataFrame:
    return metrics(table(LINES), [AS_OF]).set_index("customer_id")


def figures(customers: pd.DataFrame, customer: str, *names: str) -> list[object]:
    return [customers.loc[customer, name] for name in names]


def test_revenue_is_net_of_returns_and_gross_is_not(customers):
    assert figures(customers, "Ann", "revenue", "gross_revenue") == [1900, 2000]


def test_an_order_is_dated_by_its_first_line_and_a_cancelled_invoice_is_none(customers):
    assert figures(customers, "Ann", "orders", "last_order", "recency_days") == [3, pd.Timestamp("2024-03-01"), 305]
    assert figures(customers, "Ann", "first_order", "tenure_days") == [pd.Timestamp("2023-03-10"), 662]


def test_the_window_holds_the_last_twelve_months_alone(customers):
    names = ("annual_revenue", "annual_gross", "annual_returns", "annual_orders", "average_order_value")
    assert figures(customers, "Ann", *names) == [900, 1000, 100, 2, 450]


def test_growth_compares_with_the_window_before(customers):
    assert figures(customers, "Ann", "prior_revenue", "growth") == [1000, pytest.approx(-0.1)]


def test_halves_of_the_window_add_up(customers):
    assert figures(customers, "Ann", "recent_half_revenue", "earlier_half_revenue") == [-100, 1000]


def test_gaps_lie_between_distinct_sale_days(customers):
    # 10 March 2023, 31 January, 1 March, 2 March 2024: 327, 30 and 1 days apart; the return is no sale day
    gaps, mean, deviation = figures(customers, "Ann", "gaps", "gap_mean_days", "gap_std_days")
    assert (gaps, mean) == (3, pytest.approx(358 / 3))
    assert deviation == pytest.approx(math.sqrt((327**2 + 30**2 + 1 - 358**2 / 3) / 2))
    assert figures(customers, "Ann", "gap_log_mean") == [pytest.approx(math.log(327 * 30) / 3, abs=2**-25)]


def test_months_with_a_sale_are_active(customers):
    assert figures(customers, "Ann", "active_months") == [2]


def test_of_categories_sold_equally_the_smaller_name_is_the_top_one(customers):
    assert figures(customers, "Ann", "categories", "top_category", "top_category_share") == [2, "pump", 0.5]


def test_margin_takes_the_cost_of_returned_goods_back(customers):
    assert figures(customers, "Ann", "returns_share", "margin", "margin_rate") == [0.1, 360, 0.4]


def test_a_customer_with_returns_alone_has_no_order(customers):
    names = ("revenue", "gross_revenue", "annual_returns", "orders", "gaps", "active_months", "categories")
    assert figures(customers, "Bao", *names) == [-50, 0, 50, 0, 0, 0, 0]
    unknown = ["first_order", "last_order", "recency_days", "tenure_days", "average_order_value", "growth"]
    unknown += ["gap_mean_days", "gap_std_days", "gap_log_mean", "top_category", "top_category_share"]
    unknown += ["returns_share", "margin"]
    assert customers.loc["Bao", unknown].isna().all()


def test_a_window_without_lines_is_worth_nothing_but_is_known(customers):
    names = ("revenue", "annual_revenue", "annual_returns", "annual_orders", "prior_revenue", "margin")
    assert figures(customers, "Cai", *names) == [80, 0, 0, 0, 0, 0]
    assert customers.loc["Cai", ["growth", "margin_rate", "average_order_value"]].isna().all()
    assert figures(customers, "Cai", "recency_days", "gaps") == [747, 0]


def test_one_missing_cost_leaves_the_margin_open(metrics):
    lines = [line("Ann", "2024-05-01", "10", cost="4"), line("Ann", "2024-06-01", "10")]
    assert metrics(table(lines), [AS_OF])["margin"].isna().all()
