"""Periods in headers and cells, and money that is for a month, a year, or all the time."""

from __future__ import annotations

from datetime import date

import pyarrow.compute as pc
import pytest

from tests.ingest.meaning.drafts import TODAY, counted, draft, understood
from tiering.claims import Asked
from tiering.ingest.drop import built
from tiering.ingest.meaning.periods import period_in, period_of
from tiering.ingest.meaning.understand import understand


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("202401", date(2024, 1, 31)), ("2024-02", date(2024, 2, 29)), ("2024年1月", date(2024, 1, 31)),
        ("Jan-24", date(2024, 1, 31)), ("Jan 2024", date(2024, 1, 31)), ("März 2024", date(2024, 3, 31)),
        ("août 2023", date(2023, 8, 31)), ("01/2024", date(2024, 1, 31)), ("янв 2024", date(2024, 1, 31)),
        ("2024Q1", date(2024, 3, 31)), ("Q4 2024", date(2024, 12, 31)), ("2024年第1季度", date(2024, 3, 31)),
        ("1. Quartal 2024", date(2024, 3, 31)), ("T2 2024", date(2024, 6, 30)), ("2024 1분기", date(2024, 3, 31)),
        ("2024-W05", date(2024, 2, 4)), ("KW 5 2024", date(2024, 2, 4)), ("2024年第5周", date(2024, 2, 4)),
        ("FY24 P03", date(2024, 3, 31)), ("003.2024", date(2024, 3, 31)), ("2024003", date(2024, 3, 31)),
        ("H1 2024", date(2024, 6, 30)), ("2024上半年", date(2024, 6, 30)), ("FY22", date(2022, 12, 31)),
        ("2022", date(2022, 12, 31)), ("2024-01-31", date(2024, 1, 31)),
    ],
)  # fmt: skip
def test_periods_are_read_as_people_write_them(text, end):
    period = period_of(text)
    assert period is not None
    assert period.last_day() == end


@pytest.mark.parametrize("text", ["Market", "Customer no", "Email 2", "Item 3", "Marge", "金额", "Region", "Address 1"])
def test_other_headers_are_no_periods(text):
    assert period_in(text) is None


WIDE = {
    "{year}年销售额": ("2022年销售额", "2023年销售额", "2024年销售额"),
    "Sales {year}": ("Sales 2022", "Sales 2023", "Sales 2024"),
    "{year}": ("2022", "2023", "2024"),
    "FY": ("FY22", "FY23", "FY24"),
    "Umsatz": ("Umsatz 2022", "Umsatz 2023", "Umsatz 2024"),
    "CA": ("CA 2022", "CA 2023", "CA 2024"),
    "売上": ("2022年売上", "2023年売上", "2024年売上"),
    "reversed": ("Revenue 2024", "Revenue 2023", "Revenue 2022"),
    "brackets": ("销售额(2022)", "销售额(2023)", "销售额(2024)"),
    "выручка": ("Выручка 2022", "Выручка 2023", "Выручка 2024"),
}


@pytest.mark.parametrize("headers", WIDE.values(), ids=list(WIDE))
def test_of_one_column_per_year_the_last_year_counts(headers):
    rows = {"North": (5000, 0, 0), "South": (100, 200, 3000), "East": (300, 300, 300)}
    order = (2, 1, 0) if headers[0].endswith("2024") else (0, 1, 2)
    lines = [",".join([name, *(str(cells[place]) for place in order)]) for name, cells in rows.items()]
    dataset = built(understood("\n".join([",".join(["Customer", *headers]), *lines]) + "\n"))
    assert dataset.customers is not None
    found = dict(zip(*dataset.customers.select(["customer_id", "annual_revenue"]).to_pydict().values(), strict=True))
    assert found == {"North": 0.0, "South": 3000.0, "East": 300.0}


@pytest.mark.parametrize(
    "headers",
    [
        ("1月", "2月", "3月"), ("Jan-24", "Feb-24", "Mar-24"), ("2024-01", "2024-02", "2024-03"), ("Q1", "Q2", "Q3"),
        ("2024Q1", "2024Q2", "2024Q3"), ("1月销售额", "2月销售额", "3月销售额"), ("Januar", "Februar", "März"),
        ("janvier", "février", "mars"), ("W01", "W02", "W03"), ("1월", "2월", "3월"), ("янв", "фев", "мар"),
        ("Net sales 01/2024", "Net sales 02/2024", "Net sales 03/2024"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("total", ["", "合计", "Total"])
def test_columns_of_months_quarters_and_weeks_become_sums_by_period(headers, total):
    header = ",".join(["Customer", "Region", *headers, *([total] if total else [])])
    tail = (",350", ",60") if total else ("", "")
    text = f"{header}\nNorth,N,100,200,50{tail[0]}\nSouth,S,,20,40{tail[1]}\n"
    assert counted(text) == {"North": 350.0, "South": 60.0}


def test_targets_and_quantities_beside_the_sales_of_a_month_are_not_sales():
    head = ",".join(f"{month}月{what}" for month in (1, 2, 3) for what in ("目标", "销售额", "数量"))
    text = f"客户名称,{head}\n甲,900,100,7,900,200,8,900,50,9\n乙,900,10,1,900,20,1,900,30,1\n"
    assert counted(text) == {"甲": 350.0, "乙": 60.0}


def test_the_year_of_months_comes_from_the_name_of_the_file():
    text = "客户名称,1月,2月,3月\n甲,100,200,50\n"
    found = understand([draft(text, "销售汇总2023年.csv")], Asked({}, TODAY))
    dataset = built(found)
    assert dataset.orders is not None
    assert pc.max(dataset.orders["order_date"]).as_py() == date(2023, 3, 31)
    assert [claim.degree for claim in found.claims if claim.claim == "rows_are"] == ["sure"]


COLUMN = {
    "202401": ("Posting period", "202401", "202402", "202403"),
    "季度": ("季度", "2024年第1季度", "2024年第2季度", "2024年第3季度"),
    "week": ("Week", "2024-W05", "2024-W06", "2024-W07"),
    "fiscal": ("Fiscal period", "FY24 P03", "FY24 P04", "FY24 P05"),
    "Monat": ("Monat", "Jan 2024", "Feb 2024", "Mär 2024"),
    "mois": ("Mois", "janv. 2024", "févr. 2024", "mars 2024"),
    "quarter": ("Quarter", "Q1 2024", "Q2 2024", "Q3 2024"),
    "sap": ("Period", "001.2024", "002.2024", "003.2024"),
    "分期": ("분기", "2024 1분기", "2024 2분기", "2024 3분기"),
    "unsaid": ("Zeit", "2024Q1", "2024Q2", "2024Q3"),
    "year": ("Fiscal year", "2022", "2023", "2024"),
}


@pytest.mark.parametrize("column", COLUMN.values(), ids=list(COLUMN))
def test_lines_that_bear_a_period_are_sums_by_period(column):
    header, first, second, third = column
    text = f"Account no,{header},Net sales\nK1,{first},100\nK1,{second},110\nK2,{first},90\nK2,{third},95\n"
    assert counted(text) == {"K1": 210.0, "K2": 185.0}


def test_a_year_beside_a_month_is_one_period():
    text = "客户编码,年份,月份,销售额\nK1,2023,12,100\nK1,2024,1,110\nK2,2024,3,90\n"
    dataset = built(understood(text))
    assert dataset.orders is not None
    assert dataset.orders["order_date"].to_pylist() == [date(2023, 12, 31), date(2024, 1, 31), date(2024, 3, 31)]


def annual(text: str, **answers: object) -> dict[str, float]:
    customers = built(understood(text, **answers)).customers
    assert customers is not None
    return dict(zip(*customers.select(["customer_id", "annual_revenue"]).to_pydict().values(), strict=True))


@pytest.mark.parametrize(
    "header",
    ["客户编号,月均采购额", "customer id,monthly revenue", "Kundennummer,Umsatz monatlich", "顧客コード,月間売上"],
)
def test_money_of_a_month_times_twelve_is_that_of_a_year(header):
    assert annual(f"{header}\nK1,100\nK2,55.5\nK3,7\n") == {"K1": 1200.0, "K2": 666.0, "K3": 84.0}


@pytest.mark.parametrize(
    "header",
    [
        "客户编号,合作月数,累计采购额",
        "customer id,tenure_months,total spend",
        "customer id,Months as customer,lifetime revenue",
    ],
)
def test_a_total_since_joining_is_divided_by_the_time(header):
    assert annual(f"{header}\nK1,24,480\nK2,60,3000\nK3,12,960\n") == {"K1": 240.0, "K2": 600.0, "K3": 960.0}
    open_now = understood(f"{header}\nK1,24,480\nK2,60,3000\nK3,12,960\n", accept=False)
    assert [question.code for question in open_now.questions] == ["amount_period"]
    assert annual(f"{header}\nK1,24,480\nK2,60,3000\nK3,12,960\n", amount_period="year")["K1"] == 480.0


def test_a_monthly_charge_times_the_months_proves_the_total():
    text = "account_no,tenure_months,monthly_charge,total_charged\nT1,24,20,480\nT2,60,50,3000\nT3,12,80,960\n"
    assert not understood(text, accept=False).questions
    assert annual(text) == {"T1": 240.0, "T2": 600.0, "T3": 960.0}


@pytest.mark.parametrize("header", ["客户编号,年销售额", "customer id,revenue", "Kundennummer,Jahresumsatz"])
def test_money_of_a_year_leaves_no_question(header):
    text = f"{header}\nK1,480\nK2,3000\nK3,960\n"
    assert not understood(text, accept=False).questions
    assert annual(text)["K2"] == 3000.0
