"""Amounts in every currency and in the words of number people use, one cell and one column at a time."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.ingest.reading.small_files import read
from tiering.ingest.values.currencies import code_of, iso_codes, meanings
from tiering.ingest.values.header_units import header_unit, title_unit
from tiering.ingest.values.numbers import number_text, number_value


def value(cell, mark="."):
    number = number_text(cell)
    return None if number is None else number_value(number, mark)


def amounts(header, *cells, delimiter=";"):
    rows = [f"C{place}{delimiter}{cell}" for place, cell in enumerate(cells)]
    return read("\n".join([f"customer{delimiter}{header}", *rows]) + "\n")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        *[("₹1,00,000", "INR"), ("Rs. 1,00,000", "INR"), ("Rs 100000", "INR"), ("INR 1,00,000.00", "INR")],
        *[("kr 100.000,00", "SEK"), ("100000 kr", "SEK"), ("100000:- kr", "SEK"), ("DKK 100000", "DKK")],
        *[("100 000,00 zł", "PLN"), ("zł 100000", "PLN"), ("100000 PLN", "PLN"), ("100 000 Kč", "CZK")],
        *[("R$ 100.000,00", "BRL"), ("CHF 100'000.00", "CHF"), ("CHF 100’000.–", "CHF"), ("SFr. 100'000", "CHF")],
        *[("A$100,000", "AUD"), ("AU$ 100,000", "AUD"), ("US$100,000.00", "USD"), ("CA$100,000", "CAD")],
        *[("RMB 100,000", "CNY"), ("100000 RMB", "CNY"), ("人民币100000元", "CNY"), ("100,000元", "CNY")],
        *[("100000圆整", "CNY"), ("￥100,000", "CNY"), ("100,000円", "JPY"), ("10万日元", "JPY")],
        *[("￦100,000", "KRW"), ("100,000원", "KRW"), ("10만원", "KRW"), ("฿100,000", "THB"), ("100.000₫", "VND")],
        *[("₺100.000", "TRY"), ("100 000 ₽", "RUB"), ("100 тыс. руб.", "RUB"), ("100 000 ₴", "UAH")],
        *[("د.إ 100,000", "AED"), ("AED 100,000", "AED"), ("100,000 د.إ", "AED"), ("Dhs 100,000", "AED")],
        *[("HK$100,000", "HKD"), ("港币100000", "HKD"), ("NT$100,000", "TWD"), ("新台幣100,000元", "TWD")],
        *[("€100.000", "EUR"), ("100.000 EUR", "EUR"), ("100 T€", "EUR"), ("TEUR 100", "EUR"), ("£100k", "GBP")],
        *[("₦100,000", "NGN"), ("₱100,000", "PHP"), ("Rp 100.000", "IDR"), ("RM100,000", "MYR"), ("S/ 100,000", "PEN")],
        *[("₪100,000", "ILS"), ("$100K", "USD"), ("$0.1M", "USD"), ("$100 000 USD", "USD"), ("KSh 100,000", "KES")],
        *[("₹1 lakh", "INR"), ("₹1 L", "INR"), ("100000 Ft", "HUF"), ("R 100,000", "ZAR"), ("S$100,000", "SGD")],
    ],
)
def test_an_amount_is_read_in_whatever_currency_it_is_written(cell, code):
    number = number_text(cell)
    assert number is not None
    assert Decimal(100_000) in {number_value(number, "."), number_value(number, ",")}
    assert code_of(number.currency) == code


def test_every_code_of_iso_4217_is_read_behind_a_number():
    read_as = {code: number_text(f"1,250.50 {code}") for code in iso_codes()}
    assert [
        code for code, number in read_as.items() if number is None or value(f"1,250.50 {code}") != Decimal("1250.5")
    ] == []
    assert {code for code, number in read_as.items() if number and number.currency != code} == {"CNH"}


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        *[("'1200", "1200"), ("'520.50", "520.50"), ("’15", "15"), ("'-3", "-3")],
        *[("1'234.50", "1234.50"), ("1’234’567.80", "1234567.80"), ("12'500.-", "12500"), ("500,--", "500")],
        *[("1,00,000", "100000"), ("12,34,567.50", "1234567.50"), ("1,23,45,678", "12345678"), ("1,0,000", None)],
        *[("1.2k", "1200"), ("3.5m", "3500000"), ("2bn", "2000000000"), ("2.5w", "25000"), ("3千", "3000")],
        *[
            ("1.5百万", "1500000"),
            ("2千万", "20000000"),
            ("3 crore", "30000000"),
            ("1,5 Mio.", None),
            ("7 Tsd.", "7000"),
        ],
        *[("壹万贰仟叁佰元整", "12300"), ("人民币壹仟零伍元整", "1005"), ("叁佰肆拾伍元陆角柒分", "345.67")],
        *[("伍角", None), ("贰亿元", "200000000"), ("一百二十元", "120"), ("负伍佰元整", "-500")],
        *[("1亿2000万", "120000000"), ("3万5千", "35000"), ("2万3500元", "23500"), ("3万5", None)],
        *[("500-", "-500"), ("500–", "-500"), ("−500", "-500"), ("—500", "-500"), ("－500", "-500"), ("﹣500", "-500")],
        *[("-$500", "-500"), ("$-500", "-500"), ("($500)", "-500"), ("$(500)", "-500"), ("(500 €)", "-500")],
        *[("500.-", "500"), ("500.–", "500"), ("500:-", "500"), ("Fr. 500.—", "500")],
        *[("\u202d500\u202c", "500"), ("5\u202f000", "5000"), ("5\u00a0000.50", "5000.50"), ("١٢٣", "123")],
    ],
)
def test_a_number_is_read_with_its_words_and_signs(cell, number):
    assert value(cell) == (None if number is None else Decimal(number))


@pytest.mark.parametrize(
    "cell",
    [
        "500¹",
        "5²",
        "①",
        "½",
        "$100 EUR",
        "€5 USD",
        "TOP 10",
        "USD-001",
        "12 T",
        "5 L",
        "十一",
        "一等",
        "百货",
        "千里",
        "3M公司",
    ],
)
def test_what_only_resembles_an_amount_is_none(cell):
    assert value(cell) is None


def test_letters_that_mean_other_things_count_among_money_only():
    lengths = read("customer,Size,amount\nA,5m,10\nB,10m,20\nC,20m,30\n")
    assert lengths.columns["Size"] == ["5m", "10m", "20m"]
    assert amounts("Amount", "$12.5K", "1.2m", "900", "3w").columns["Amount"] == ["12500", "1200000", "900", "30000"]
    assert amounts("Length", "6 ft", "7 ft", "8 ft").columns["Length"] == ["6 ft", "7 ft", "8 ft"]


def test_percentages_among_money_are_set_aside_and_a_share_column_stays_one():
    seen = amounts("amount", "100", "5%", "30", "12.50")
    assert (seen.columns["amount"], seen.aside) == (["100.00", "30.00", "12.50"], {3: "amount"})
    discounts = amounts("discount", "5%", "0.1", "0").columns["discount"]
    assert [Decimal(cell) for cell in discounts] == [Decimal("0.05"), Decimal("0.1"), 0]


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (("1,200.00 CR", "300.00", "50"), ["-1200.00", "300.00", "50.00"]),
        (("1,200.00 Dr", "300.00 Dr", "50 Cr"), ["1200.00", "300.00", "-50.00"]),
        (("100 CR", "200 CR", "300 CR"), ["100", "200", "300"]),
        (("100 CR", "200 CR", "30 DR"), ["100", "200", "-30"]),
        (("100", "200", "30 DR"), ["100", "200", "-30"]),
        (("借 100", "借 200", "贷 30"), ["100", "200", "-30"]),
        (("100,50 S", "200,00 S", "30,00 H"), ["100.50", "200.00", "-30.00"]),
        (("₹1.5 Cr", "₹2 Cr", "₹50 L"), ["15000000", "20000000", "5000000"]),
    ],
)
def test_the_side_of_an_account_decides_the_sign_and_the_rarer_side_is_less(cells, values):
    seen = amounts("amount", *cells)
    assert [Decimal(cell) for cell in seen.columns["amount"]] == [Decimal(cell) for cell in values]


@pytest.mark.parametrize(
    ("header", "factor", "code"),
    [
        *[
            ("金额(万元)", 10_000, "CNY"),
            ("销售额 万元", 10_000, "CNY"),
            ("销售额万元", 10_000, "CNY"),
            ("金额_千元", 1000, "CNY"),
        ],
        *[
            ("金额（万元，含税）", 10_000, "CNY"),
            ("金额（单位：亿元）", 100_000_000, "CNY"),
            ("销售额/万元", 10_000, "CNY"),
        ],
        *[
            ("売上 千円", 1000, "JPY"),
            ("売上（百万円）", 1_000_000, "JPY"),
            ("매출(천원)", 1000, "KRW"),
            ("销量(万件)", 10_000, ""),
        ],
        *[
            ("Umsatz k€", 1000, "EUR"),
            ("Umsatz T€", 1000, "EUR"),
            ("Umsatz in TEUR", 1000, "EUR"),
            ("CA (M€)", 1_000_000, "EUR"),
        ],
        *[
            ("Umsatz in Mio. €", 1_000_000, "EUR"),
            ("Umsatz Tsd. EUR", 1000, "EUR"),
            ("CA en milliers d'euros", 1000, "EUR"),
        ],
        *[
            ("Revenue in thousands", 1000, ""),
            ("Sales '000", 1000, ""),
            ("Sales (000s)", 1000, ""),
            ("Sales ($000)", 1000, "USD"),
        ],
        *[
            ("Revenue ($ thousands)", 1000, "USD"),
            ("Revenue ($m)", 1_000_000, "USD"),
            ("Revenue USDm", 1_000_000, "USD"),
        ],
        *[
            ("Amount (₹ lakh)", 100_000, "INR"),
            ("Revenue (Rs. in crores)", 10_000_000, "INR"),
            ("Ventas (miles de €)", 1000, "EUR"),
        ],
        *[("Amount (USD)", 1, "USD"), ("amount_eur", 1, "EUR"), ("Betrag CHF", 1, "CHF"), ("USD Amount", 1, "USD")],
        *[("金额(美元)", 1, "USD"), ("Выручка, тыс. руб.", 1000, "RUB"), ("Amount (A$)", 1, "AUD"), ("Amount", 1, "")],
        *[
            ("Sales 1000", 1, ""),
            ("Cost per thousand", 1, ""),
            ("单价(元/件)", 1, "CNY"),
            ("多元", 1, ""),
            ("Sales (All)", 1, ""),
        ],
    ],
)
def test_a_header_says_its_unit_in_many_words(header, factor, code):
    unit = header_unit(header)
    assert (unit.factor, code_of(unit.currency)) == (factor, code)


@pytest.mark.parametrize(
    ("header", "cells", "values"),
    [
        ("金额(万元)", ("35000元", "3.5", "2.5万"), ["35000", "35000", "25000"]),
        ("Umsatz (T€)", ("12", "500 Tsd.", "3"), ["12000", "500000", "3000"]),
        ("Revenue (in thousands)", ("$12", "1.5m", "7"), ["12000", "1500000", "7000"]),
        ("売上(千円)", ("12", "3500円", "1"), ["12000", "3500", "1000"]),
    ],
)
def test_the_unit_of_a_cell_beats_that_of_the_header(header, cells, values):
    assert [Decimal(cell) for cell in amounts(header, *cells).columns[header]] == [Decimal(cell) for cell in values]


@pytest.mark.parametrize(
    "title", ["单位：万元", "销售报表 单位:万元", "(in ten thousand)", "Amounts in USD", "Angaben in T€"]
)
def test_a_line_above_the_table_names_the_unit_of_its_amounts(title):
    known = {"Amounts in USD": (1, "USD"), "Angaben in T€": (1000, "EUR"), "(in ten thousand)": (1, "")}
    factor, code = known.get(title, (10_000, "CNY"))
    assert (title_unit(title).factor, code_of(title_unit(title).currency)) == (factor, code)
    seen = read(f"销售明细,,\n{title},,\n客户,金额,数量\n甲公司,1.5,2\n乙公司,2.25,3\n丙公司,4.5,5\n")
    assert [Decimal(cell) for cell in seen.columns["金额"]] == [
        factor * Decimal(cell) for cell in ("1.5", "2.25", "4.5")
    ]
    assert seen.columns["数量"] == ["2", "3", "5"]


def test_the_currencies_of_a_column_are_counted_and_those_of_a_mixed_one_kept_row_by_row():
    seen = amounts("Amount (USD)", "$100", "€50", "30", "EUR 5")
    column = next(one for one in seen.report["columns"] if one["name"] == "Amount (USD)")
    assert column["currencies"] == {"EUR": 2, "$": 1, "": 1}
    assert next(iter(column["currencies"])) == "EUR"  # the most frequent first
    assert column["currency"] == "USD"
    assert seen.columns["Amount (USD)"] == ["100", "50", "30", "5"]


def test_a_shared_sign_takes_the_code_that_something_else_names():
    assert (code_of("$"), code_of("$", ["CAD"]), code_of("¥", ["JPY"]), code_of("kr", ["EUR"])) == (
        *("USD", "CAD", "JPY"),
        "SEK",
    )
    assert meanings("Rs")[0] == "INR"
