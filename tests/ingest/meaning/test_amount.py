"""The amount: proved by arithmetic, said by a header, or asked; numbers without evidence are never money."""

from __future__ import annotations

import pytest

from tests.ingest.meaning.drafts import counted, understood
from tiering.claims import Step
from tiering.ingest.drop import built

ORDERS = "11;Ahorn;2024-01-05;{}\n12;Buche;2024-02-13;{}\n13;Ahorn;2024-03-20;{}\n"


def orders(header: str, *cells: str) -> str:
    return header + "\n" + ORDERS.format(*cells)


def asked(*texts: str) -> set[str]:
    return {question.code for question in understood(*texts, accept=False).questions}


@pytest.mark.parametrize(
    "header",
    [
        "Beleg;Kunde;Datum;Netto;MwSt;Brutto",
        "Order;Customer;Date;Total;Tax;Grand total",
        "单据编号;客户;日期;金额;税额;价税合计",
        "N° facture;Client;Date;Montant;TVA;Total TTC",
        "Factura;Cliente;Fecha;Base;IVA;Total",
        "Fattura;Cliente;Data;Imponibile;IVA;Totale",
        "Nr faktury;Kontrahent;Data;Wartość;VAT;Brutto",
        "Factuurnummer;Klant;Datum;Bedrag;BTW;Totaal",
        "伝票番号;得意先;売上日;金額;消費税;合計",
        "전표번호;거래처;일자;금액;세액;합계",
        "Счет;Клиент;Дата;Стоимость;НДС;Сумма с НДС",
        "Doc;Party;Posted;Value;GST;Billed",
    ],
)
def test_net_and_tax_make_gross_and_the_net_counts(header):
    assert counted(orders(header, "100.00;19.00;119.00", "200;38;238", "50.00;9.50;59.50")) == {
        "Ahorn": 150.0,
        "Buche": 200.0,
    }


def test_two_numbers_that_add_up_without_being_tax_are_no_net_amount():
    text = orders("Order;Customer;Date;Goods value;Services value;Total", "100;80;180", "20;90;110", "50;10;60")
    assert counted(text) == {"Ahorn": 240.0, "Buche": 110.0}


@pytest.mark.parametrize(
    "header",
    [
        "order;customer;date;qty;unit price;booking",
        "单据编号;客户;日期;数量;单价;本期发生",
        "Beleg;Kunde;Datum;Menge;Preis;Posten",
        "doklad;customer;date;pocet;cena;celkem",
    ],
)
def test_the_product_of_quantity_and_price_is_the_amount_whatever_it_is_called(header):
    assert counted(orders(header, "3;10.5;31.5", "2;70;140", "4;5;20")) == {"Ahorn": 51.5, "Buche": 140.0}


@pytest.mark.parametrize(("discount", "cells"), [("Discount %", ("10", "0", "50")), ("Rabatt %", ("10", "0", "50"))])
def test_a_discount_in_percent_is_a_share_of_the_price(discount, cells):
    text = orders(f"Order;Customer;Date;Quantity;Unit price;{discount}", *(f"10;5.00;{cell}" for cell in cells))
    assert counted(text) == {"Ahorn": 70.0, "Buche": 50.0}


LINES = "order,customer,date,product,qty,price,{}\n"


@pytest.mark.parametrize("header", ["order total", "总金额", "Gesamtbetrag", "total"])
def test_lines_that_add_up_to_the_total_on_each_of_them_count_instead_of_it(header):
    text = LINES.format(header) + (
        "1,A,2024-01-05,Pump,2,50,170\n1,A,2024-01-05,Nut,1,70,170\n"
        "2,B,2024-01-06,Pump,1,50,90\n2,B,2024-01-06,Valve,4,10,90\n3,A,2024-02-06,Nut,1,70,70\n"
    )
    assert counted(text) == {"A": 240.0, "B": 90.0}


def test_a_total_on_each_line_of_its_order_counts_once():
    text = "order,customer,date,product,order total\n" + "".join(
        f"{number},{customer},2024-0{number}-05,{product},{100 * number}\n"
        for number, customer in ((1, "A"), (2, "B"), (3, "A"), (4, "B"), (5, "A"))
        for product in ("Pump", "Nut", "Valve")
    )
    assert counted(text) == {"A": 900.0, "B": 600.0}
    steps = {one.step: one.money for one in built_bridge(text)}
    assert steps["total"] == 4500
    assert steps["order_totals"] == -3000


def built_bridge(text: str) -> tuple[Step, ...]:
    return built(understood(text)).meaning.bridge


def test_equal_lines_of_an_order_all_count():
    text = "order,line,customer,date,product,qty,amount\n1,1,A,2024-01-05,Bolt,1,100\n1,2,A,2024-01-05,Bolt,1,100\n"
    text += "2,1,B,2024-02-05,Nut,1,70\n2,2,B,2024-02-05,Nut,1,70\n"
    assert counted(text) == {"A": 200.0, "B": 140.0}


@pytest.mark.parametrize(
    "text",
    [
        "客户名称,员工人数,会议次数,设备台数\n甲公司,250,12,40\n乙公司,12,3,7\n丙公司,1800,9,2\n",
        "Company,Employees,Founded,Points\nHarrow,250,1987,31\nTolland,12,2003,8\nMirefield,1800,1954,99\n",
        "Firma;Mitarbeiter;Baujahr;Kennzahl\nAhorn;250;1987;12\nBuche;12;2003;31\nEiche;1800;1954;77\n",
        "Client;Effectif;Indice\nAhorn;250;19\nBuche;12;20\nEiche;1800;54\n",
        "得意先,従業員数,指数\n甲,250,19\n乙,12,20\n丙,1800,54\n",
    ],
)
def test_numbers_without_a_word_of_money_are_asked_about_and_never_added(text):
    assert asked(text) == {"amount"}
    assert all("annual_revenue" not in one.mapping.columns for one in understood(text).drafts)


def test_an_answer_names_the_column():
    text = "Company,Employees,Points\nHarrow,250,31\nTolland,12,8\nMirefield,1800,99\n"
    found = understood(text, accept=False, amount="Points")
    assert not found.questions
    assert found.drafts[0].mapping.headers("annual_revenue") == ("Points",)


@pytest.mark.parametrize("header", ["Amount;Value", "Sales;Revenue", "销售额;营业额"])
def test_two_amounts_of_equal_name_and_different_sums_are_asked_about(header):
    assert asked(orders(f"Order;Customer;Date;{header}", "100;90", "200;150", "50;20")) == {"amount"}


@pytest.mark.parametrize("header", ["Net amount;Gross amount", "订单金额;实付金额", "Subtotal;Total", "Netto;Gesamt"])
def test_amounts_whose_headers_tell_them_apart_leave_no_question(header):
    assert asked(orders(f"Order;Customer;Date;{header}", "100;107", "200;211", "50;53")) == set()


def test_the_turnover_of_a_customer_is_no_revenue_beside_orders():
    accounts = "account,sector,revenue_millions\nAhorn,wood,1100.04\nBuche,wood,251.41\n"
    assert counted(accounts, orders("order;account;date;amount", "100", "200", "50")) == {
        "Ahorn": 150.0,
        "Buche": 200.0,
    }


def test_an_answer_may_name_several_columns_that_add_up():
    text = "Customer,Fresh,Milk,Grocery\nHarrow,12,3,5\nTolland,7,1,2\nMirefield,9,4,6\n"
    open_now = understood(text)
    assert [choice.value for choice in open_now.questions[0].choices][-1] == ["Fresh", "Milk", "Grocery"]
    customers = built(understood(text, amount=["Fresh", "Milk"])).customers
    assert customers is not None
    assert customers["annual_revenue"].to_pylist() == [15.0, 8.0, 13.0]


CHARGED = [
    "subtotal;shipping;tax;total",
    "商品金额;运费;税额;合计",
    "Warenwert;Versand;MwSt;Gesamt",
    "goods;freight;VAT;sum",
]


@pytest.mark.parametrize("header", CHARGED)
def test_goods_freight_and_tax_make_the_total_and_the_goods_count(header):
    text = orders(f"Order;Customer;Date;{header}", "100;5;19;124", "200;5;38;243", "50;5;9.50;64.50")
    assert counted(text) == {"Ahorn": 150.0, "Buche": 200.0}


@pytest.mark.parametrize(
    "header", ["Netto EUR;Brutto EUR", "Net amount USD;Gross amount USD", "Netto in CHF;Brutto in CHF"]
)
def test_a_currency_at_the_end_of_a_header_hides_no_word(header):
    assert counted(orders(f"Order;Customer;Date;{header}", "100;119", "200;238", "50;59.50")) == {
        "Ahorn": 150.0,
        "Buche": 200.0,
    }
