"""Places come from one line, an order's size is not the customer's, a rate stays a rate."""

from __future__ import annotations

import pytest

from tests.ingest.meaning.drafts import understood
from tiering.ingest.drop import built


def customers(text: str) -> dict[str, dict[str, object]]:
    table = built(understood(text)).customers
    assert table is not None
    return {row["customer_id"]: row for row in table.to_pylist()}


@pytest.mark.parametrize(
    ("region", "city"),
    [
        ("region", "city"),
        ("省份", "城市"),
        ("Region", "Ort"),
        ("région", "ville"),
        ("provincia", "ciudad"),
        ("地域", "市区町村"),
    ],
)
def test_region_and_city_come_together_from_where_most_money_is(region, city):
    text = (
        f"order,customer,date,amount,{region},{city}\n1,A,2024-01-05,900,North,Kelby\n2,A,2024-03-05,100,South,Morne\n"
    )
    text += "3,A,2024-03-15,100,South,Ostby\n4,A,2024-03-25,100,South,Pell\n5,B,2024-04-06,70,East,Orl\n"
    found = customers(text)
    assert (found["A"]["region"], found["A"]["city"]) == ("North", "Kelby")
    assert (found["B"]["region"], found["B"]["city"]) == ("East", "Orl")


@pytest.mark.parametrize("header", ["DEAL SIZE", "size", "规模", "Order size", "taille"])
def test_a_size_that_differs_from_order_to_order_is_not_the_customers(header):
    text = f"order,customer,date,amount,{header}\n1,A,2024-01-05,900,Small\n2,A,2024-03-05,100,Large\n"
    found = customers(text + "3,B,2024-03-15,100,Small\n4,B,2024-04-15,100,Medium\n5,C,2024-04-06,70,Small\n")
    assert "size" not in found["A"]


@pytest.mark.parametrize("header", ["company size", "企业规模", "Unternehmensgröße", "employees"])
def test_a_size_that_stays_is_the_customers(header):
    text = f"order,customer,date,amount,{header}\n1,A,2024-01-05,900,Small\n2,A,2024-03-05,100,Small\n"
    assert customers(text + "3,B,2024-03-15,1,Large\n")["A"]["size"] == "Small"


@pytest.mark.parametrize("header", ["Gross margin %", "Margin %", "毛利率", "Marge %", "粗利率", "marge brute"])
@pytest.mark.parametrize("cells", [("25%", "7.5%", "7.4%"), ("0.25", "0.075", "0.074"), ("25", "7.5", "7.4")])
def test_a_margin_in_percent_is_a_rate(header, cells):
    if "%" not in header and "率" not in header and cells[0] == "25":
        header = "margin rate"  # without a sign or a word, 25 may be money
    text = f"Customer,Revenue,{header}\nA,1000,{cells[0]}\nB,900,{cells[1]}\nC,800,{cells[2]}\n"
    found = customers(text)
    assert [found[key]["margin_rate"] for key in "ABC"] == [0.25, 0.075, 0.074]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("sales_agent", "owner"), ("业务代表", "owner"), ("Vertriebsmitarbeiter", "owner"), ("担当者", "owner"),
        ("subsidiary_of", "parent_id"), ("隶属集团", "parent_id"), ("Muttergesellschaft", "parent_id"),
        ("sector", "industry"), ("Branche", "industry"), ("业种", "industry"), ("省/自治区", "region"),
        ("Bundesland", "region"),
    ],
)  # fmt: skip
def test_attributes_are_recognised_in_the_words_of_business_files(header, field):
    text = f"account,{header},annual revenue\nHarrow Works,X1,900\nHarrow Nord,X2,100\n"
    assert customers(text)["Harrow Nord"][field] == "X2"
