"""The analysis page: every view in both languages on whatever data there is, and the way to the customers."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from pages.segments import VIEWS
from tests.ui.conftest import DATASETS, dataset
from tiering.ui.base import state
from tiering.words import LANGUAGES, Words


def view(run_page, name: str, language: str = "en", data: str | pa.Table = "sample"):
    """The page of a data set by its name, or of a customers file."""
    loaded = DATASETS[data]() if isinstance(data, str) else dataset(None, data)
    shown = run_page("segments", language, loaded)
    return shown.segmented_control(key="segments-view").set_value(name).run()


def said(shown) -> str:
    return "\n".join(element.value for element in (*shown.markdown, *shown.info, *shown.caption))


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("data", DATASETS)
def test_every_view_shows_every_kind_of_data_without_an_error(run_page, name, language, data) -> None:
    shown = view(run_page, name, language, data)
    assert not shown.exception
    assert [error.value for error in shown.error] == []
    assert shown.subheader[0].value == Words(language)("nav.segments")
    assert len(shown.markdown) + len(shown.info) > 0


@pytest.mark.parametrize("look", ["margin", "tiers", "roles"])
def test_the_parts_of_pareto_are_there_where_the_orders_tell_them(run_page, look) -> None:
    shown = view(run_page, "pareto").segmented_control(key="segments-look").set_value(look).run()
    assert not shown.exception
    assert [error.value for error in shown.error] == []


def test_three_customers_by_hand_make_the_pareto_sentence(run_page) -> None:
    # Revenue 200, 600 and 1,200: two customers make 90 %.
    assert "2 customers (67% of 3) make 90.0% of the revenue." in said(
        view(run_page, "pareto", "en", "three customers")
    )


def test_customers_without_any_revenue_are_told_which_column_is_missing(run_page) -> None:
    graded = pa.table({"customer_id": ["a", "b"], "satisfaction": [4.0, 5.0]})
    shown = run_page("segments", "en", dataset(None, graded))
    assert shown.info[0].value == Words("en")("segments.pareto.needs_revenue")


@pytest.mark.parametrize("name", ["lifecycle", "cross"])
def test_revenue_that_no_file_tells_is_left_out_and_never_nought(run_page, name) -> None:
    without = pa.table(
        {
            "customer_id": ["a", "b", "c"],
            "first_order": [date(2024, 1, 5), date(2025, 2, 6), date(2025, 9, 1)],
            "last_order": [date(2025, 9, 5), date(2025, 3, 6), date(2025, 9, 1)],
            "region": ["north", "south", "south"],
            "satisfaction": [5.0, 4.0, 2.0],
        }
    )
    shown = view(run_page, name, "en", without)
    assert not shown.exception
    assert "annual revenue" not in said(shown)


def test_a_limit_that_moves_moves_the_bands(run_page) -> None:
    shown = view(run_page, "pareto", "en", "three customers")
    shown.slider(key="segments-limit_a").set_value(50).run()
    assert "1 customer (33% of 3) makes 60.0% of the revenue." in said(shown)


def test_suggested_limits_are_taken_by_a_click(run_page) -> None:
    shown = view(run_page, "pareto")
    shown.button(key="segments-take-limits").click().run()
    assert shown.slider(key="segments-limit_a").value != 80
    assert "segments-take-limits" not in [button.key for button in shown.button]


def test_a_choice_outlives_another_page(run_page) -> None:
    shown = view(run_page, "pareto")
    shown.slider(key="segments-limit_a").set_value(66).run()
    shown.session_state["choices"] = state.replace(shown.session_state["choices"], goto="customer")
    shown.run()
    shown.session_state["choices"] = state.replace(shown.session_state["choices"], goto="segments")
    assert shown.run().slider(key="segments-limit_a").value == 66


@pytest.mark.parametrize("groups", ["four", "ten", "eight"])
@pytest.mark.parametrize("data", ["sample", "orders only", "one customer"])
def test_every_map_of_rfm_groups_covers_all_who_ordered(run_page, groups, data) -> None:
    shown = view(run_page, "rfm", "en", data)
    shown.segmented_control(key="segments-rfm_map").set_value(groups).run()
    assert not shown.exception
    assert [error.value for error in shown.error] == []
    in_groups = shown.dataframe[0].value["customers"].sum()
    assert in_groups == {"sample": 1000, "orders only": 10, "one customer": 1}[data]


def test_own_limits_are_taken_when_they_ascend_and_asked_for_again_when_not(run_page) -> None:
    shown = view(run_page, "rfm", "en", "orders only")
    shown.segmented_control(key="segments-rfm_cut").set_value("own").run()
    shown.text_input(key="segments-rfm_recency").set_value("100").run()
    assert any("100 days without an order" in caption.value.replace("\\", "") for caption in shown.caption)
    shown.text_input(key="segments-rfm_recency").set_value("soon").run()
    assert shown.warning[0].value == Words("en")("segments.rfm.not_ascending")


def test_every_customer_with_an_order_has_one_lifecycle_stage(run_page) -> None:
    shown = view(run_page, "lifecycle")
    stages, funnel = (table.value for table in shown.dataframe)
    assert stages["customers"].sum() == 1000
    assert funnel["customers"].sum() <= 1003
    shown.slider(key="segments-stage_new").set_value(12).run()
    assert shown.dataframe[0].value["customers"][0] > stages["customers"][0]


def test_without_a_first_order_the_lifecycle_says_what_it_needs(run_page) -> None:
    assert view(run_page, "lifecycle", "en", "customers only").info[0].value == Words("en")("segments.lifecycle.needs")


def test_losing_the_biggest_of_three_takes_60_percent(run_page) -> None:
    shown = view(run_page, "concentration", "en", "three customers")
    losses = shown.dataframe[0].value
    assert losses["revenue_share"].tolist()[0] == pytest.approx(60)
    assert losses["label"].tolist() == ["The biggest 1", "The biggest 2"]


def test_the_riskiest_of_the_top_tier_can_be_lost_too(run_page) -> None:
    shown = view(run_page, "concentration").segmented_control(key="segments-loss").set_value("riskiest").run()
    assert not shown.exception
    assert shown.dataframe[0].value["label"].str.contains("riskiest").all()


@pytest.mark.parametrize("shade", ["residual", "revenue", "customers"])
@pytest.mark.parametrize("rows", ["size", "lifecycle", "rfm", "city"])
def test_any_two_sides_make_a_heat_map(run_page, rows, shade) -> None:
    shown = view(run_page, "cross").selectbox(key="segments-cross_rows").set_value(rows).run()
    shown.segmented_control(key="segments-cross_shade").set_value(shade).run()
    assert not shown.exception
    assert [error.value for error in shown.error] == []


def test_four_customers_are_too_few_to_speak_of_a_relation(run_page) -> None:
    four = pa.table(
        {
            "customer_id": ["a", "b", "c", "d"],
            "industry": ["steel", "food", "food", "paper"],
            "region": ["north", "south", "west", "west"],
            "satisfaction": [5.0, 4.0, 2.0, 1.0],
        }
    )
    shown = view(run_page, "cross", "en", four)
    shown = shown.selectbox(key="segments-cross_rows").set_value("region").run()
    shown = shown.selectbox(key="segments-cross_columns").set_value("industry").run()
    assert "Too few customers to tell" in said(shown)
    assert "related** (Cram" not in said(shown)
    assert "revenue" not in shown.segmented_control(key="segments-cross_shade").options


def test_a_third_side_narrows_the_table(run_page) -> None:
    shown = view(run_page, "cross").selectbox(key="segments-cross_third").set_value("size").run()
    shown.selectbox(key="segments-cross_only_size").set_value(1).run()
    assert not shown.exception
    assert [error.value for error in shown.error] == []


def test_the_market_of_a_maker_of_equipment_has_a_strategy_in_every_cell(run_page) -> None:
    shown = view(run_page, "cross").segmented_control(key="segments-cross_look").set_value("market").run()
    cells = shown.dataframe[0].value
    assert cells["advice"].str.len().min() > 5
    assert 900 < cells["customers"].sum() <= 1003


def test_key_accounts_are_shared_out_among_the_teams(run_page) -> None:
    shown = view(run_page, "key")
    labels = [button.label for button in shown.get("download_button")]
    assert {"Download: Headquarters", "Download: City team"} <= set(labels)
    assert shown.dataframe[0].value["key_accounts"].sum() == 206


def test_without_a_place_key_accounts_say_what_they_need(run_page) -> None:
    shown = view(run_page, "key", "en", "orders only")
    assert shown.info[0].value == Words("en")("segments.key.needs_place")
    assert any("of 10 customers" in element.value for element in shown.markdown)


def test_clusters_leave_nobody_out_who_is_known(run_page) -> None:
    shown = view(run_page, "cluster")
    if shown.dataframe:
        assert shown.dataframe[0].value["customers"].sum() > 700
    else:
        assert shown.info[0].value == Words("en")("segments.cluster.none")


def test_ten_customers_are_too_few_for_clusters(run_page) -> None:
    assert view(run_page, "cluster", "en", "orders only").info[0].value == Words("en")("segments.cluster.needs")


def test_the_profile_names_traits_and_who_has_them(run_page) -> None:
    shown = view(run_page, "profile")
    assert "Whom to look for" in said(shown)
    alike = shown.dataframe[-1].value
    assert alike["alike"].is_monotonic_decreasing
    assert "S" not in set(alike["tier"])


def test_without_attributes_the_profile_says_what_it_needs(run_page) -> None:
    assert view(run_page, "profile", "en", "orders only").info[0].value == Words("en")("segments.profile.needs")


def test_key_accounts_can_be_opened_where_no_place_is_known(run_page) -> None:
    shown = view(run_page, "key", "en", "orders only")
    shown.button(key="segments-key-open").click().run()
    title, ids = shown.session_state["choices"].listed
    assert title == "Key accounts"
    assert ids == ("K10", "K9", "K8", "K7", "K6")


def test_plain_standard_scores_are_a_choice_of_the_clusters(run_page) -> None:
    shown = view(run_page, "cluster").segmented_control(key="segments-cluster_scale").set_value("standard").run()
    assert not shown.exception
    assert [error.value for error in shown.error] == []
    within = [caption.value for caption in shown.caption if "Sum of squares" in caption.value]
    assert within or shown.info


def test_the_curve_says_what_the_first_hundredth_and_the_first_fifth_hold(run_page) -> None:
    shown = view(run_page, "pareto")
    assert any(caption.value.startswith("The top 1% (9) hold") for caption in shown.caption)
