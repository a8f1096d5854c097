"""The summary says only what there is to say: no day where there is none, nobody moved where nobody is."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run
from tiering.words import Words

RULE = '{"rules": {"points": [{"field": "region", "test": "is", "value": "Nowhere", "points": 10}]}}'
CUSTOMERS = "客户编号,客户名称,年销售额,地区\nC1,甲公司,1200000,华东\nC2,乙公司,700000,华南\nC3,丙公司,90000,华北\n"


def customers(folder: Path) -> Path:
    path = folder / "customers.csv"
    path.write_text(CUSTOMERS, encoding="utf-8")
    return path


def test_customers_without_orders_have_no_day_in_the_summary(run: Run, tmp_path: Path) -> None:
    for language, said in (("en", "3 customers, net revenue 1,990,000.00."), ("zh", "净销售额 1,990,000.00。")):
        outcome = run("tier", customers(tmp_path), "--out", tmp_path / "t.csv", "--lang", language)
        assert outcome.status == 0
        assert said in outcome.said


def test_rules_that_move_nobody_are_not_counted(run: Run, tmp_path: Path) -> None:
    scenario = tmp_path / "s.json"
    scenario.write_text(RULE, encoding="utf-8")
    outcome = run("tier", customers(tmp_path), "--out", tmp_path / "t.csv", "--scenario", scenario)
    assert outcome.status == 0
    assert "0 customers" not in outcome.said


def test_one_customer_is_one_customer_on_the_export_page() -> None:
    said = [Words("en")(key, n=1, as_of="today") for key in ("export.summary", "export.summary_undated")]
    assert [text.split(" ")[:2] for text in said] == [["1", "customer"], ["1", "customer,"]]
