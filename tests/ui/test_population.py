"""Merging, leaving out and one-sided customers on the data page."""

from __future__ import annotations

import hashlib

import pyarrow as pa

from tests.ui.conftest import customers_of, dataset, orders_of
from tiering.ingest import build_dataset, read_bytes, suggest_mapping
from tiering.scenario import Scenario
from tiering.scenario.population import Population, Rule
from tiering.ui.base.source import Source
from tiering.ui.pages.data.side_tables import ids_csv
from tiering.words import Words

NAMES = ["杭州明联实业有限公司", "杭州明联实业股份有限公司", "苏州华星电子", "=1+1 <b>**x**</b>"]


def named():  # type: ignore[no-untyped-def]
    customers = customers_of(4)
    names = customers.set_column(1, "customer_name", pa.array(NAMES))
    return dataset(orders_of(4), names)


def merges_of(shown) -> dict[str, str]:  # type: ignore[no-untyped-def]
    return shown.session_state["choices"].scenario.population.merges


def test_names_that_look_alike_are_proposed_and_nothing_is_merged_unasked(run_page) -> None:  # type: ignore[no-untyped-def]
    shown = run_page("data", "zh", named())
    assert not shown.exception
    assert any(one.label == Words("zh")("people.merge.title", n=1) for one in shown.expander)
    assert shown.button(key="accept-merges").disabled
    assert merges_of(shown) == {}


def test_a_merge_is_listed_with_the_way_back(run_page) -> None:  # type: ignore[no-untyped-def]
    scenario = Scenario(population=Population(merges={"K1": "K2"}))
    shown = run_page("data", "en", named(), scenario=scenario)
    assert not shown.exception
    assert any("1 merged" in one.label for one in shown.expander)
    assert shown.button(key="undo-merges").disabled


def test_merged_customers_are_one_everywhere(run_page) -> None:  # type: ignore[no-untyped-def]
    scenario = Scenario(population=Population(merges={"K1": "K2"}))
    shown = run_page("customer", "en", named(), scenario=scenario)
    assert not shown.exception
    listed = shown.dataframe[0].value.to_string()
    assert [one in listed for one in ("K1", "K2", "K3", "K4")] == [False, True, True, True]


def source_of(text: str, name: str) -> Source:
    reading = read_bytes(text.encode(), name)
    return Source(name, hashlib.sha256(text.encode()).hexdigest(), reading, suggest_mapping(reading))


def test_both_sides_of_a_join_are_listed_to_download(run_page) -> None:  # type: ignore[no-untyped-def]
    orders = source_of("客户编号,订单日期,金额\nK1,2025-01-10,100\nK7,2025-02-10,200\nK1,2025-03-01,50\n", "订单.csv")
    customers = source_of("客户编号,客户名称,行业\nK1,甲,化工\nK8,乙,电子\nK9,丙,电子\n", "客户.csv")
    sources = (orders, customers)
    data = build_dataset([(one.reading, one.mapping, one.sha256, one.name) for one in sources])
    shown = run_page("data", "zh", data, sources=sources)
    assert not shown.exception
    said = [one.value for one in shown.caption]
    assert "1 家客户有订单，但不在客户表中。" in said
    assert "2 家客户在客户表中，但没有订单。" in said
    assert len([one for one in shown.get("download_button") if one.proto.id.find("download-unmatched") > 0]) == 2


def test_a_list_to_download_holds_no_formula() -> None:
    assert ids_csv(("=K8", "客户"), "客户编号").decode("utf-8-sig").split() == ["客户编号", "'=K8", "客户"]


def everybody_shown(shown) -> str:  # type: ignore[no-untyped-def]
    return shown.dataframe[0].value.to_string()


def test_an_own_company_can_be_left_out_by_its_name(run_page) -> None:  # type: ignore[no-untyped-def]
    shown = run_page("data", "zh", named())
    shown.text_area(key="excluded-ids").set_value("苏州华星电子\nnobody").run()
    assert not shown.exception
    assert shown.session_state["choices"].scenario.population.excluded == ("K3", "nobody")
    assert any("数据中没有：nobody" in one.value for one in shown.caption)


def test_who_is_left_out_is_said_on_every_page_and_missing_in_its_table(run_page) -> None:  # type: ignore[no-untyped-def]
    scenario = Scenario(population=Population(excluded=("K3",)))
    shown = run_page("customer", "zh", named(), scenario=scenario)
    assert not shown.exception
    assert any("1 家客户不参与分级" in one.value for one in shown.caption)
    assert "K3" not in everybody_shown(shown)


def channels():  # type: ignore[no-untyped-def]
    customers = named().customers.append_column("渠道", pa.array(["经销商", "终端", "终端", "经销商"]))
    return dataset(orders_of(4), customers.append_column("owner", pa.array(["张伟", "李娜", "张伟", None])))


def test_dealers_are_tiered_apart(run_page) -> None:  # type: ignore[no-untyped-def]
    shown = run_page("data", "zh", channels())
    shown.selectbox(key="apart-column").select("渠道").run()
    shown.multiselect(key="apart-values").select("经销商").run()
    shown.segmented_control(key="dealer-side").select("end").run()
    assert not shown.exception
    population = shown.session_state["choices"].scenario.population
    assert (population.apart, population.side) == (Rule(column="渠道", values=("经销商",)), "end")


def test_the_customers_of_one_sales_representative_can_be_listed(run_page) -> None:  # type: ignore[no-untyped-def]
    shown = run_page("customer", "zh", channels())
    shown.multiselect(key="customer-owners").select("张伟").run()
    assert not shown.exception
    listed = everybody_shown(shown)
    assert [one in listed for one in ("K1", "K2", "K3", "K4")] == [True, False, True, False]


def test_leaving_everybody_out_says_so_and_the_data_page_still_lets_them_back(run_page) -> None:  # type: ignore[no-untyped-def]
    scenario = Scenario(population=Population(excluded=("K1", "K2", "K3", "K4")))
    shown = run_page("data", "zh", named(), scenario=scenario)
    assert not shown.exception
    assert shown.text_area(key="excluded-ids").value.split() == ["K1", "K2", "K3", "K4"]


def test_what_money_means_is_said_once_and_shown_over_the_tiers(run_page) -> None:  # type: ignore[no-untyped-def]
    shown = run_page("data", "zh", named())
    shown.segmented_control(key="money-stage").select("invoiced").run()
    assert not shown.exception
    scenario = shown.session_state["choices"].scenario
    assert scenario.money.stage == "invoiced"
    tiers = run_page("tiers", "zh", named(), scenario=scenario)
    assert any("金额口径：开票金额、已扣除退货" in one.value for one in tiers.caption)


def test_the_tiers_of_the_file_stand_beside_those_of_the_scheme(run_page) -> None:  # type: ignore[no-untyped-def]
    customers = named().customers.append_column("current_tier", pa.array(["S", "A", "B", "C"]))
    for language in ("zh", "en"):
        shown = run_page("tiers", language, dataset(orders_of(4), customers))
        assert not shown.exception
        title = Words(language)("existing.title_moved", n=4, moved=0).split("0")[0][:8]
        assert any(one.label.startswith(title) for one in shown.expander)


def test_the_moves_are_told_against_the_file_once_its_names_are_known(run_page) -> None:  # type: ignore[no-untyped-def]
    customers = named().customers.append_column("current_tier", pa.array(["金", "金", "银", "银"]))
    shown = run_page("tiers", "zh", dataset(orders_of(4), customers))
    for place, tier in enumerate(("A", "B")):  # so few customers get two tiers
        shown.selectbox(key=f"existing-name-{place}").set_value(tier).run()
    shown.toggle(key="existing-baseline").set_value(True).run()
    assert not shown.exception
    assert shown.session_state["choices"].scenario.existing.baseline
    assert sorted(shown.session_state["choices"].scenario.existing.names.values()) == ["A", "B"]
    assert any(one.label.startswith("与文件中的等级相比的变动") for one in shown.expander)
