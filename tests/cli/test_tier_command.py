"""``tier``: one row per customer out, a summary on standard error, the same bytes whatever the order of rows."""

from __future__ import annotations

import random
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest

from tests.cli.conftest import ORDERS, orders_in, run_command
from tests.scenario_texts import scenario_to_json
from tiering.scenario import Cuts, Scenario

LEAD = "customer_id,score,base_tier,tier,revenue,annual_revenue,orders,recency_days,standing,"


class Plain(NamedTuple):
    status: int
    said: str
    folder: Path


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "tiers.csv"


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Plain:
    """The orders as they are, with the rows set aside, run once for the tests that only look."""
    folder = tmp_path_factory.mktemp("plain")
    outcome = run_command("tier", orders_in(folder), "--out", folder / "tiers.csv", "--set-aside", folder / "aside.csv")
    return Plain(outcome.status, outcome.said, folder)


def cells(path: Path) -> dict[str, list[str]]:
    return {line.split(",")[0]: line.split(",") for line in path.read_text(encoding="utf-8").splitlines()}


def test_each_customer_gets_one_row_in_code_point_order(plain):
    assert plain.status == 0
    lines = (plain.folder / "tiers.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith(LEAD)
    assert [line.split(",")[0] for line in lines[1:]] == ["K10", "K2", "客3"]


def test_the_figures_are_those_of_the_file(plain):
    found = cells(plain.folder / "tiers.csv")
    assert found["K10"][4:8] == ["80.50", "80.50", "1", "86"]
    assert found["客3"][3:8] == ["A", "900.25", "900.25", "1", "0"]


def test_the_summary_accounts_for_every_line_and_the_money_to_the_cent(plain):
    said = plain.said
    assert "orders.csv: 7 lines read; 4 used, 1 header, 0 left out, 2 set aside" in said
    assert "No customer: 1" in said
    assert "Amount missing or not readable: 1" in said
    assert "3 customers, net revenue 1,030.75, as of 1 Apr 2026." in said
    assert f"Written: {plain.folder / 'tiers.csv'}" in said


def test_the_summary_lists_the_tiers(plain):
    table = [line.split() for line in plain.said.splitlines()]
    assert ["A", "1", "33.3%", "900.25", "87.3%", "900.25"] in table
    assert ["Total", "3", "100.0%", "1,030.75", "100.0%", "343.58"] in table


def test_the_summary_is_in_the_language_asked_for(run, orders, out):
    said = run("tier", orders, "--out", out, "--lang", "zh").said
    assert "共 7 行；使用 4，表头 1，不计入 0，待处理 2" in said
    assert "3 家客户，净销售额 1,030.75，截至 2026年4月1日。" in said


def test_no_progress_is_drawn_where_nobody_looks(plain):
    assert "\x1b" not in plain.said


def test_shuffled_rows_give_the_same_bytes(run, plain, tmp_path):
    header, *lines = ORDERS.splitlines()
    random.Random(5).shuffle(lines)
    shuffled = tmp_path / "shuffled.csv"
    shuffled.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    run("tier", shuffled, "--out", tmp_path / "other.csv")
    assert (tmp_path / "other.csv").read_bytes() == (plain.folder / "tiers.csv").read_bytes()


def test_another_unit_of_money_gives_the_same_tiers(run, plain, out, tmp_path):
    larger = tmp_path / "larger.csv"
    text = ORDERS.replace("100.50", "1005000").replace("50.00", "500000").replace("-20.00", "-200000")
    larger.write_text(text.replace("900.25", "9002500"), encoding="utf-8")
    run("tier", larger, "--out", out)
    same = cells(plain.folder / "tiers.csv")
    assert {who: row[:4] for who, row in cells(out).items()} == {who: row[:4] for who, row in same.items()}


def test_a_workbook_gives_the_same_bytes_as_the_text_file(run, plain, out, tmp_path):
    book = openpyxl.Workbook()
    for line in ORDERS.splitlines():
        book.active.append(line.split(","))
    book.save(tmp_path / "orders.xlsx")
    assert run("tier", tmp_path / "orders.xlsx", "--out", out).status == 0
    assert out.read_bytes() == (plain.folder / "tiers.csv").read_bytes()


def test_a_customers_file_is_joined_on_the_number(run, orders, out, tmp_path):
    customers = tmp_path / "customers.csv"
    customers.write_text("客户编号,客户名称,行业\nK10,甲公司,制造\nK99,乙公司,能源\n", encoding="gb18030")
    said = run("tier", orders, "--customers", customers, "--out", out).said
    assert "customers.csv: 3 lines read; 2 used" in said
    assert "甲公司" in cells(out)["K10"]
    assert cells(out)["K99"][1:8] == ["", "", "", "0.00", "0.00", "0", ""]


def test_orders_after_the_day_asked_for_do_not_count(run, orders, out):
    assert "as of 28 Feb 2026" in run("tier", orders, "--out", out, "--as-of", "2026-02-28").said
    assert set(cells(out)) == {"customer_id", "K10", "K2"}
    assert cells(out)["K10"][4] == "100.50"


def test_a_scenario_decides_tiers_and_lines(run, orders, out, tmp_path):
    scenario = Scenario(tiers=("Gold", "Tin"), weights={"annual_revenue": 1}, cuts=Cuts(lines=(99.0,)))
    (tmp_path / "scenario.json").write_text(scenario_to_json(scenario), encoding="utf-8")
    run("tier", orders, "--out", out, "--scenario", tmp_path / "scenario.json")
    assert [row[3] for row in cells(out).values()] == ["tier", "Tin", "Tin", "Gold"]


def test_a_scenario_saved_with_a_mark_is_read_too(run, orders, out, tmp_path):
    (tmp_path / "scenario.json").write_text(scenario_to_json(Scenario(tiers=("A", "B"))), encoding="utf-8-sig")
    assert run("tier", orders, "--out", out, "--scenario", tmp_path / "scenario.json").status == 0


def test_rows_set_aside_are_written_where_asked(plain):
    lines = (plain.folder / "aside.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "File,Line,Reason,order_no,customer_no,date,amount"
    assert lines[1:] == [
        "orders.csv,5,No customer,4,,2026-03-10,77",
        "orders.csv,7,Amount missing or not readable,6,K2,2026-04-20,not yet known",
    ]


def test_rows_set_aside_can_be_corrected_and_read_again(run, plain, out, tmp_path):
    text = (plain.folder / "aside.csv").read_text(encoding="utf-8-sig").replace("not yet known", "12.50")
    (tmp_path / "corrected.csv").write_text(text.replace("4,,2026", "4,K2,2026"), encoding="utf-8")
    said = run("tier", tmp_path / "corrected.csv", "--out", out).said
    assert "2 used" in said
    assert cells(out)["K2"][4] == "89.50"


def test_where_they_can_be_had_is_said(run, orders, out):
    assert "--set-aside FILE.csv" in run("tier", orders, "--out", out).said


def test_a_name_ending_in_xlsx_gets_a_workbook(run, orders, tmp_path):
    assert run("tier", orders, "--out", tmp_path / "tiers.xlsx", "--lang", "zh").status == 0
    sheets = openpyxl.load_workbook(tmp_path / "tiers.xlsx").sheetnames
    assert [sheets[0], sheets[1], sheets[-1]] == ["分级汇总", "客户", "口径说明"]


def test_customers_alone_can_be_tiered(run, out, tmp_path):
    customers = tmp_path / "customers.csv"
    customers.write_text("客户编号,年销售额,订单数\nA1,120000.50,12\nA2,500,1\nA3,90000,4\n", encoding="utf-8")
    said = run("tier", customers, "--out", out).said
    assert "3 customers, net revenue 210,500.50" in said
    assert cells(out)["A1"][4:8] == ["120000.50", "120000.50", "", ""]
