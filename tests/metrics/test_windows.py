"""Windows end and begin where the calendar says, leap days and month ends included."""

from datetime import date

import pyarrow as pa
import pytest

from tests.metrics.orders import line, table
from tiering.metrics import customer_metrics, growth_is_known, history_months
from tiering.metrics.windows import calendar_table, date_marks, months_before, window_of


@pytest.mark.parametrize(
    ("day", "months", "earlier"),
    [
        ("2024-02-29", 12, "2023-02-28"),
        ("2025-02-28", 12, "2024-02-28"),
        ("2024-08-31", 6, "2024-02-29"),
        ("2023-08-31", 6, "2023-02-28"),
        ("2024-01-31", 1, "2023-12-31"),
        ("2024-03-31", 1, "2024-02-29"),
        ("2024-12-31", 24, "2022-12-31"),
    ],
)
def test_months_back_stop_at_the_month_end(day, months, earlier):
    assert months_before(date.fromisoformat(day), months) == date.fromisoformat(earlier)


def test_no_window_begins_before_the_calendar_does():
    assert window_of(date(1, 3, 1), 12).prior == date.min


@pytest.mark.parametrize(("first_day", "counts"), [("2023-02-28", 0), ("2023-03-01", 1)])
def test_the_window_up_to_a_leap_day_begins_after_the_28th_of_february(metrics, first_day, counts):
    measured = metrics(table([line("a", first_day, "1")]), [date(2024, 2, 29)])
    assert measured["annual_orders"].tolist() == [counts]


def test_the_date_itself_belongs_to_the_window(metrics):
    measured = metrics(table([line("a", "2024-02-29", "1")]), [date(2024, 2, 28), date(2024, 2, 29)])
    assert measured[["as_of", "annual_orders", "recency_days"]].to_numpy().tolist() == [
        [measured["as_of"][0], 1, 0.0],
    ]


def test_an_odd_number_of_months_is_halved_by_its_middle_day():
    assert window_of(date(2024, 3, 31), 1).half == date(2024, 3, 16)
    assert window_of(date(2024, 3, 31), 3).half == date(2024, 2, 15)


def test_a_month_that_the_window_cuts_counts_on_both_ends(metrics):
    rows = [line("a", f"{year}-{month:02}-20", "1") for year in (2023, 2024) for month in range(1, 13)]
    measured = metrics(table(rows), [date(2024, 6, 15), date(2024, 6, 25), date(2024, 6, 30)])
    assert measured["active_months"].tolist() == [12, 12, 12]
    rows.append(line("a", "2024-06-01", "1"))
    assert metrics(table(rows), [date(2024, 6, 15)])["active_months"].tolist() == [13]


def test_days_are_bucketed_by_the_first_mark_that_sees_them():
    marks = date_marks([window_of(date(2024, 12, 31), 12)])
    calendar = calendar_table(date(2023, 12, 30), date(2025, 6, 1), marks).to_pydict()
    bucket = dict(zip(calendar["order_date"], calendar["bucket"], strict=True))
    # marks: end of 2022, of 2023, of June 2024, of 2024
    days = [date(2023, 12, 31), date(2024, 1, 1), date(2024, 6, 30), date(2024, 7, 1), date(2024, 12, 31)]
    assert [bucket[day] for day in days] == [1, 2, 2, 3, 3]
    assert max(bucket) == date(2024, 12, 31)


def test_days_and_months_are_numbered_from_1970():
    calendar = calendar_table(date(1970, 1, 31), date(1970, 2, 1), date_marks([window_of(date(2000, 1, 1), 12)]))
    assert calendar["day"].to_pylist() == [30, 31]
    assert calendar["month"].to_pylist() == [0, 1]


@pytest.mark.parametrize(
    ("first", "months"),
    [("2024-01-01", 12), ("2024-01-02", 11), ("2023-12-31", 12), ("2023-01-01", 24), ("2025-01-01", 0)],
)
def test_history_counts_whole_months(first, months):
    assert history_months(table([line("a", first, "1")]), date(2024, 12, 31)) == months


def test_no_orders_are_no_history():
    assert history_months(table([]), date(2024, 12, 31)) == 0
    assert not growth_is_known(table([]), date(2024, 12, 31))


@pytest.mark.parametrize(("first", "known"), [("2023-01-01", True), ("2023-01-16", True), ("2023-01-17", False)])
def test_growth_needs_data_that_cover_the_window_before(metrics, first, known):
    rows = [line("a", first, "100"), line("a", "2024-06-01", "150")]
    assert growth_is_known(table(rows), date(2024, 12, 31)) is known
    growth = metrics(table(rows), [date(2024, 12, 31)])["growth"]
    assert growth.tolist() == [0.5] if known else growth.isna().all()


@pytest.mark.parametrize("prior", ["0", "-5"])
def test_growth_over_nothing_is_not_told(metrics, prior):
    rows = [line("a", "2023-06-01", prior), line("b", "2022-01-01", "1"), line("a", "2024-06-01", "150")]
    assert metrics(table(rows), [date(2024, 12, 31)])["growth"].isna().all()


def test_no_orders_give_an_empty_table_of_the_same_columns_and_types(metrics):
    full = metrics(table([line("a", "2024-01-01", "1", category="pump")]), [date(2024, 12, 31)])
    cases = {
        "no orders": (table([]), [date(2024, 12, 31)]),
        "date before the first order": (table([line("a", "2024-01-01", "1")]), [date(2020, 1, 1)]),
        "no date": (table([line("a", "2024-01-01", "1")]), []),
    }
    for name, (orders, as_of) in cases.items():
        empty = metrics(orders, as_of)
        assert len(empty) == 0, name
        assert empty.dtypes.equals(full.dtypes), name


def test_each_date_lists_the_customers_known_by_then(metrics):
    rows = [line("a", "2023-05-01", "1"), line("b", "2024-05-01", "1")]
    measured = metrics(table(rows), [date(2024, 12, 31), date(2023, 12, 31), date(2023, 12, 31)])
    assert measured["customer_id"].tolist() == ["a", "a", "b"]
    assert measured["as_of"].dt.year.tolist() == [2023, 2024, 2024]


def test_a_dictionary_encoded_customer_column_is_read_too():
    orders = table([line("a", "2024-01-01", "1")])
    encoded = orders.set_column(0, "customer_id", orders["customer_id"].dictionary_encode())
    assert pa.types.is_dictionary(encoded.schema.field("customer_id").type)
    assert customer_metrics(encoded, [date(2024, 12, 31)])["customer_id"].tolist() == ["a"]
