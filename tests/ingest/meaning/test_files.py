"""Several tables at once: each finds its place, what fits nowhere is named and left out, and money counts once."""

from __future__ import annotations

import pytest

from tests.ingest.meaning.drafts import revenue, understood
from tiering.ingest.drop import built
from tiering.ingest.meaning.draft import Understanding

ORDERS = "order_id,customer_id,product,order_date,amount\n"
ORDERS += "1,C1,P1,2024-01-05,100\n2,C2,P2,2024-02-05,70\n3,C1,P1,2024-03-05,30\n"
CUSTOMERS = "customer_id,customer_name,region\nC1,Harrow Works,North\nC2,Tolland AG,South\nC3,Mirefield,East\n"
SOLD = {"C1": 130.0, "C2": 70.0}


def left_out(found: Understanding) -> dict[str, str]:
    return {one.file: one.why for one in found.not_used}


CAMPAIGNS = "Spring,2024-05-01,1000,30,12.5\nSpring,2024-05-02,2000,60,25\n"
UNUSABLE = {
    "data dictionary": ("table,field,description\nT1,f one,What it is\nT1,f two,How it came\n", "data_dictionary"),
    "字段说明": ("字段名,含义\nf1,第一项的意思\nf2,第二项的意思\n", "data_dictionary"),
    "Feldliste": ("Feld;Beschreibung\nF1;Was es ist\nF2;Woher es kam\n", "data_dictionary"),
    "campaigns": (f"Campaign,Day,Impressions,Clicks,Spend\n{CAMPAIGNS}", "advertising"),
    "推广": (f"推广计划,日期,展现量,点击量,花费\n{CAMPAIGNS}", "advertising"),
    "stock": ("product code,warehouse,stock on hand\nX1,Main,12\nX2,Main,7\n", "stock_list"),
    "库存": ("物料编码,仓库,库存数量\nX1,一号,12\nX2,一号,7\n", "stock_list"),
    "Preisliste": ("Artikel;Listenpreis\nX1;12,50\nX2;7,10\n", "price_list"),
    "staff": ("sales agent,manager,office\nRep 1,Lead 1,Central\nRep 2,Lead 2,West\n", "staff"),
    "员工": ("工号,员工姓名,部门\n001,张三,销售\n002,李四,市场\n", "staff"),
    "suppliers": ("supplier_id,company name,city\nS1,Maker One,Kelby\nS2,Maker Two,Orl\n", "no_key"),
    "codes": ("code,meaning text\nA,first\nB,second\n", "no_key"),
}


@pytest.mark.parametrize(("text", "why"), UNUSABLE.values(), ids=list(UNUSABLE))
def test_a_table_that_fits_nowhere_is_left_out_and_vetoes_nothing(text, why):
    found = understood(ORDERS, CUSTOMERS, text, accept=False)
    assert left_out(found) == {"file-3.csv": why}
    assert not found.questions
    assert revenue(built(found)) == SOLD


PRICES = "2024-11-01,71,Cream,89,7100,S0\n2024-11-02,71,Cream,89,7101,S0\n"
PRICES += "2024-11-01,72,Soap,12,7200,S1\n2024-11-02,72,Soap,12,7201,S1\n"
ALONE = {
    "prices": f"checked_on,id,title,price,units_sold,store\n{PRICES}",
    "价目": "商品编码,商品名称,零售价\nX1,面霜,89\nX2,香皂,12\n",
    "campaigns": f"Campaign,Day,Impressions,Clicks,Spend\n{CAMPAIGNS}",
    "Kampagnen": f"Kampagne,Tag,Impressionen,Klicks,Kosten\n{CAMPAIGNS}",
    "库存": "物料编码,仓库,库存数量\nX1,一号,12\nX2,一号,7\n",
}


@pytest.mark.parametrize("text", ALONE.values(), ids=list(ALONE))
def test_a_list_of_prices_stock_or_campaigns_is_asked_about_and_nothing_is_proposed(text):
    found = understood(text)
    assert [(question.code, question.proposal) for question in found.questions] == [("rows_are", None)]


def test_an_answer_says_what_the_rows_are():
    text = "Campaign,Day,Impressions,Clicks,Spend\nSpring,2024-05-01,1000,30,12.5\nSpring,2024-05-02,2000,60,25\n"
    found = understood(text, rows_are={"file-1.csv": "orders"})
    assert found.drafts[0].mapping.role == "orders"


@pytest.mark.parametrize(
    ("names", "header"),
    [("客户名称,城市", "客户"), ("account,city", "account"), ("Kunde;Ort", "Kunde"), ("得意先名,都市", "得意先")],
)
def test_customers_are_joined_under_the_name_that_both_tables_have(names, header):
    mark = ";" if ";" in names else ","
    listed = f"{names}\nAhorn{mark}Kelby\nBuche{mark}Orl\n"
    orders = f"order,{header},date,amount\n1,Ahorn,2024-01-05,100\n2,Buche,2024-02-05,70\n"
    dataset = built(understood(listed, orders))
    assert dataset.customers is not None
    assert dict(zip(*dataset.customers.select(["customer_id", "city"]).to_pydict().values(), strict=True)) == {
        "Ahorn": "Kelby",
        "Buche": "Orl",
    }


def test_a_product_list_gives_category_and_cost_to_the_lines_of_its_products():
    products = "product,category,unit cost\nP1,Pumps,4\nP2,Valves,5\n"
    found = understood(
        ORDERS.replace("amount", "quantity,unit price")
        .replace(",100", ",10,10")
        .replace(",70", ",7,10")
        .replace(",30", ",3,10"),
        products,
    )
    dataset = built(found)
    assert dataset.orders is not None
    assert dataset.orders["category"].to_pylist() == ["Pumps", "Valves", "Pumps"]
    assert [float(cost) for cost in dataset.orders["cost"].to_pylist()] == [40.0, 35.0, 12.0]
    assert not found.not_used


def test_a_list_of_regions_gives_the_sales_representative():
    orders = (
        "order,customer,region,date,amount\n1,A,North,2024-01-05,100\n2,B,South,2024-02-05,70\n3,A,North,2024-03-05,7\n"
    )
    regions = "region,sales representative\nNorth,Rep 1\nSouth,Rep 2\nWest,Rep 3\n"
    dataset = built(understood(orders, regions))
    assert dataset.customers is not None
    assert dict(zip(*dataset.customers.select(["customer_id", "owner"]).to_pydict().values(), strict=True)) == {
        "A": "Rep 1",
        "B": "Rep 2",
    }


INVOICES = "invoice no,customer id,invoice date,net amount\nR1,C1,2024-01-07,100\nR2,C2,2024-02-09,70\n"
SAME_MONEY = {
    "deals": "deal id,deal name,customer id,close date,amount\nD1,x,C1,2024-01-05,100\nD2,y,C2,2024-02-05,70\n",
    "商机": "商机编号,商机名称,客户编号,成交日期,金额\nD1,x,C1,2024-01-05,100\nD2,y,C2,2024-02-05,70\n",
    "receipts": "receipt no,customer id,payment date,amount received\nZ1,C1,2024-01-20,100\nZ2,C2,2024-02-20,70\n",
    "收款单": "收款单号,客户编号,收款日期,收款金额\nZ1,C1,2024-01-20,100\nZ2,C2,2024-02-20,70\n",
    "orders": "order no,customer id,order date,amount\nA1,C1,2024-01-05,100\nA2,C2,2024-02-05,70\n",
}


@pytest.mark.parametrize("text", SAME_MONEY.values(), ids=list(SAME_MONEY))
def test_stages_of_the_same_money_count_once_and_it_is_asked(text):
    open_now = understood(text, INVOICES, accept=False)
    assert [(question.code, question.proposal) for question in open_now.questions] == [("files", "none")]
    assert revenue(built(understood(text, INVOICES))) == {"C1": 100.0, "C2": 70.0}
    assert revenue(built(understood(text, INVOICES, files="orders"))) == {"C1": 200.0, "C2": 140.0}


def test_two_parts_of_one_list_are_added_up():
    second = ORDERS.replace("2024", "2025").replace("\n1,", "\n11,").replace("\n2,", "\n12,").replace("\n3,", "\n13,")
    found = understood(ORDERS, second, accept=False)
    assert not found.questions
    assert revenue(built(found)) == {"C1": 260.0, "C2": 140.0}
