"""The churn warning as a page shows it: who is late, what is left out, what it cannot say."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pyarrow as pa
import pytest

from tests.ui.conftest import DATASETS, dataset
from tiering.words import LANGUAGES, Words


def view(run_page, language: str = "en", data=None):
    shown = run_page("movement", language, data)
    return shown.segmented_control(key="movement-view").set_value("warning").run()


def said(shown) -> str:
    return "\n".join(element.value for element in (*shown.markdown, *shown.info, *shown.caption))


def orders(days_of: dict[str, list[int]], kinds: str = "repeat") -> pa.Table:
    rows = [(who, date(2024, 1, 1) + timedelta(day)) for who, days in days_of.items() for day in days]
    return pa.table(
        {
            "customer_id": [who for who, _ in rows],
            "order_date": pa.array([day for _, day in rows], pa.date32()),
            "amount": pa.array([Decimal(100)] * len(rows), pa.decimal128(18, 2)),
        }
    )


TWENTY = {f"K{k}": list(range(k, 540, 10 + k % 3)) for k in range(20)}
LATE = {"late": list(range(0, 480, 12)), "once": [500]}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("data", DATASETS)
def test_the_warning_shows_every_kind_of_data_without_an_error(run_page, language, data) -> None:
    shown = view(run_page, language, DATASETS[data]())
    assert not shown.exception
    assert [error.value for error in shown.error] == []
    assert len(shown.markdown) + len(shown.info) > 0


def test_who_is_late_is_on_the_call_list_and_who_ordered_once_is_not(run_page) -> None:
    shown = view(run_page, data=dataset(orders(TWENTY | LATE), None))
    calls = shown.dataframe[-1].value
    assert calls["customer_id"].tolist() == ["late"]
    assert calls["level"].tolist() == ["Red"]
    assert calls["stake"][0] == pytest.approx(calls["worth"][0] * 3 / 12 * (1 - calls["order_chance"][0] / 100), abs=1)
    assert "1 customer ordered in the window but on one day only" in said(shown)


def test_without_costs_the_sentence_says_that_revenue_stands_in_for_margin(run_page) -> None:
    assert "holds no costs" in said(view(run_page, data=dataset(orders(TWENTY | LATE), None)))


def test_the_past_tells_how_often_such_warnings_were_right(run_page) -> None:
    record = view(run_page).dataframe[1].value
    assert record["warned"].tolist()[0] == record["stayed_away"][0] + record["came_back"][0]
    assert record["lost_share"][0] > record["lost_share"][2]


def test_months_left_out_take_the_late_customer_off_the_list(run_page) -> None:
    shown = view(run_page, data=dataset(orders(TWENTY | LATE), None))
    shown.session_state["movement-kept-leave-months"] = [4, 5, 6]
    shown.run()
    assert not shown.exception
    assert "late" not in set(shown.dataframe[-1].value.get("customer_id", []))


def test_customers_alone_are_told_that_orders_are_needed(run_page) -> None:
    assert view(run_page, data=DATASETS["customers only"]()).info[0].value == Words("en")(
        "movement.warning.needs_orders"
    )


def test_one_customer_has_no_past_to_be_judged_by(run_page) -> None:
    shown = view(run_page, data=DATASETS["one customer"]())
    assert any("No rhythm can be seen yet" in info.value for info in shown.info)


def test_a_long_file_with_a_bar_is_shown_a_second_time_as_the_first(run_page) -> None:
    many = pa.concat_tables([orders(TWENTY)] * 60)
    assert many.num_rows > 50_000
    first = view(run_page, data=dataset(many, None))
    second = first.run()
    for shown in (first, second):
        assert not shown.exception
        assert [error.value for error in shown.error] == []
    for name in ("migration", "repurchase", "warning"):
        second = second.segmented_control(key="movement-view").set_value(name).run()
        assert [error.value for error in second.error] == []


def test_a_kind_of_orders_can_be_left_out_of_the_rhythm(run_page) -> None:
    shown = view(run_page)
    before = shown.dataframe[-1].value
    shown.selectbox(key="movement-leave-column").set_value("Order type").run()
    kinds = next(group for group in shown.get("button_group") if group.key == "movement-leave-values-Order type")
    assert len(kinds.options) >= 2
    shown.session_state["movement-kept-leave-values-Order type"] = ["Project"]
    shown.run()
    assert not shown.exception
    assert [error.value for error in shown.error] == []
    assert len(shown.dataframe[-1].value) != len(before) or not shown.dataframe[-1].value.equals(before)


def test_the_probability_behind_the_stake_is_the_one_that_repurchase_tells(run_page) -> None:
    """One customer, one probability: the chance of so long a silence is no chance of loss."""
    shown = view(run_page)
    calls = shown.dataframe[-1].value.set_index("customer_id")
    shown.segmented_control(key="movement-view").set_value("repurchase").run()
    told = shown.dataframe[2].value.set_index("customer_id")["order_chance"]
    both = calls.index.intersection(told.index)
    assert len(both)
    assert calls.loc[both, "order_chance"].tolist() == pytest.approx(told.loc[both].tolist())
    assert (calls["stake"] <= calls["worth"] * 3 / 12 + 1).all()
