"""``tier`` with files beside orders and customers: payments, contacts, outside data, order lines of their own."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

ORDERS = "订单编号,客户编号,下单日期,金额\nO1,C1,2024-01-05,100\nO2,C2,2024-02-06,20\nO3,C1,2024-03-31,3\n"
PAYMENTS = "客户编号,应收金额,应付日期,付款日期\nC1,100,2024-02-01,2024-02-11\nC2,300,2024-03-01,2024-03-01\n"
TICKETS = "工单号,客户编号,报修日期,工单类型\nT1,C1,2024-02-01,设备故障\nT2,C1,2024-03-01,投诉\n"
OUTSIDE = "客户编号,注册资本,行业\nC1,500,化工\nX9,900,电子\n"
HEADERS = "订单编号,客户编号,下单日期\nO1,C1,2024-01-05\nO2,C2,2024-02-06\n"
LINES = "订单编号,产品,数量,单价\nO1,泵,2,40\nO1,阀,1,20\nO2,泵,1,20\n"


@pytest.fixture
def write(tmp_path: Path):
    def written(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


def rows(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["customer_id"]: row for row in csv.DictReader(file)}


def test_payments_contacts_and_outside_data_join_the_customers(run, write, tmp_path):
    out = tmp_path / "tiers.csv"
    beside = ("--payments", write("p.csv", PAYMENTS), "--contacts", write("t.csv", TICKETS))
    outcome = run("tier", write("o.csv", ORDERS), *beside, "--outside", write("x.csv", OUTSIDE), "--out", out)
    assert outcome.status == 0, outcome.said
    found = rows(out)
    assert sorted(found) == ["C1", "C2", "X9"]
    assert found["X9"]["tier"] == ""
    assert "p.csv: 3 lines read; 2 used" in outcome.said
    assert "t.csv: 3 lines read; 2 used" in outcome.said


def test_order_lines_find_their_customers_in_the_headers(run, write, tmp_path):
    out = tmp_path / "tiers.csv"
    outcome = run("tier", write("h.csv", HEADERS), "--lines", write("l.csv", LINES), "--out", out)
    assert outcome.status == 0, outcome.said
    assert {key: row["revenue"] for key, row in rows(out).items()} == {"C1": "100.00", "C2": "20.00"}


def test_a_paper_takes_the_same_files(run, write, tmp_path):
    out = tmp_path / "paper.html"
    outcome = run(
        "report", write("o.csv", ORDERS), "--payments", write("p.csv", PAYMENTS), "--kind", "html", "--out", out
    )
    assert outcome.status == 0, outcome.said
    assert out.stat().st_size


def test_an_engine_says_that_it_takes_none_of_them(run, write, tmp_path):
    given = ("tier", write("o.csv", ORDERS), "--engine", "duckdb", "--payments", write("p.csv", PAYMENTS))
    outcome = run(*given, "--out", tmp_path / "tiers.csv")
    assert outcome.status == 2
    assert "takes only a customers file" in outcome.said
