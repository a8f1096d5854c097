"""Prospects on the analysis page: scored by what is known, told apart from those of whom nobody can tell."""

from __future__ import annotations

import pyarrow as pa
import pytest

from tests.ui.conftest import dataset, orders_of
from tiering.scenario import Scenario

WEIGHTS = {"annual_revenue": 10, "satisfaction": 6, "wallet": 10}


def prospects_of(run_page, language: str, weights: dict[str, int]):  # type: ignore[no-untyped-def]
    customers = pa.table(
        {
            "customer_id": [*(f"K{k}" for k in range(1, 12)), "P1", "P2"],
            "customer_name": [*(f"K{k}" for k in range(1, 12)), "<b>*新*</b>", "P2"],
            "satisfaction": pa.array([*(float(k) for k in range(1, 12)), 11.0, 6.0]),
            "wallet": pa.array([*(100.0 * k for k in range(1, 12)), 1100.0, None]),
        }
    )
    shown = run_page("segments", language, dataset(orders_of(11), customers), scenario=Scenario(weights=weights))
    return shown.segmented_control(key="segments-view").set_value("prospects").run()


def test_who_can_be_scored_stands_first_and_of_the_other_nobody_can_tell(run_page) -> None:  # type: ignore[no-untyped-def]
    shown = prospects_of(run_page, "zh", WEIGHTS)
    assert not shown.exception
    rows = shown.dataframe[0].value
    assert rows["customer_id"].tolist() == ["P1", "P2"]
    assert rows["score"].tolist() == ["100.0", "无法判断"]
    assert rows["known_share"].tolist() == [100.0, pytest.approx(37.5)]


def test_where_only_orders_have_weight_the_page_says_which_attributes_could_count(run_page) -> None:  # type: ignore[no-untyped-def]
    shown = prospects_of(run_page, "en", {"annual_revenue": 10})
    assert not shown.exception
    said = [one.value.replace("\\", "") for one in shown.caption]
    assert any(one.startswith("Known, but without weight:") for one in said)
    assert set(shown.dataframe[0].value["score"]) == {"cannot tell"}


def test_the_list_opens_on_the_customers_page(run_page) -> None:  # type: ignore[no-untyped-def]
    shown = prospects_of(run_page, "en", WEIGHTS).button(key="open-prospects").click().run()
    assert not shown.exception
    assert shown.session_state["choices"].listed == ("Prospects who have not ordered yet", ("P1", "P2"))
