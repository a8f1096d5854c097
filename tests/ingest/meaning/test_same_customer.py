"""Who is one customer, and which lines are one order."""

from __future__ import annotations

import pyarrow.compute as pc
import pytest

from tests.ingest.meaning.drafts import counted, revenue, understood
from tiering.ingest.drop import built


def numbers_of(text: str, **answers: object) -> list[str]:
    orders = built(understood(text, **answers)).orders
    assert orders is not None
    return pc.unique(orders["order_id"]).to_pylist()


@pytest.mark.parametrize(
    ("header", "spellings"),
    [
        ("Account code", ("QX-7", "qx-7", "QX 7")), ("客户编码", ("KH-甲01", "kh-甲01", "KH甲01")),
        ("Kunde", ("Ahorn GmbH", "AHORN GMBH", "ahorn gmbh")), ("Client", ("Société X", "SOCIÉTÉ X", "société x")),
        ("Customer", ("North Ltd.", "NORTH LTD", "north ltd")), ("得意先", ("ABC商事", "abc商事", "ABC 商事")),
    ],
)  # fmt: skip
def test_spellings_of_one_customer_are_proposed_as_one(header, spellings):
    first, second, third = spellings
    lines = [(first, 100), (first, 50), (second, 40), (third, 7), ("Other-9", 3)]
    text = f"no,{header},date,amount\n" + "".join(f"{n},{c},2024-01-0{n},{m}\n" for n, (c, m) in enumerate(lines, 1))
    open_now = understood(text, accept=False)
    assert [(question.code, question.proposal) for question in open_now.questions] == [("same_customer", "merge")]
    assert counted(text) == {first: 197.0, "Other-9": 3.0}
    assert len(counted(text, same_customer="apart")) == 4


@pytest.mark.parametrize(
    "keys", [("1-2", "12"), ("10.1", "101"), ("0013t00001AbCdE", "0013t00001aBcDe"), ("Nord", "North"), ("A1", "A2")]
)
def test_keys_that_tell_customers_apart_are_not_proposed(keys):
    text = "no,customer id,date,amount\n" + "".join(f"{n},{key},2024-01-0{n},10\n" for n, key in enumerate(keys, 1))
    assert not understood(text + f"3,{keys[0]},2024-02-01,5\n", accept=False).questions


def test_a_spelling_in_the_customers_list_finds_its_orders():
    customers = "customer id,region\nqx-7,North\nrt-8,South\n"
    orders = "no,customer id,date,amount\n1,QX-7,2024-01-05,100\n2,QX-7,2024-01-06,1\n3,RT-8,2024-02-05,70\n"
    dataset = built(understood(customers, orders))
    assert revenue(dataset) == {"QX-7": 101.0, "RT-8": 70.0}
    assert dataset.customers is not None
    assert sorted(dataset.customers["customer_id"].to_pylist()) == ["QX-7", "RT-8"]


def test_a_renamed_customer_bears_the_newest_name_and_equal_names_are_reported():
    text = "order,customer_id,customer_name,date,amount\n1,K1,Old,2023-01-05,1\n2,K1,Old,2023-06-05,1\n"
    text += "3,K1,New,2024-01-05,3\n4,K2,Beta,2024-01-09,5\n5,K3,Beta,2024-02-09,7\n"
    found = understood(text, accept=False)
    assert not found.questions
    assert {claim.value for claim in found.claims if claim.claim == "same_customer"} == {"renamed", "same_name"}
    customers = built(found).customers
    assert customers is not None
    names = dict(zip(*customers.select(["customer_id", "customer_name"]).to_pydict().values(), strict=True))
    assert names == {"K1": "New", "K2": "Beta", "K3": "Beta"}


def test_an_order_without_a_company_belongs_to_the_company_of_its_address():
    text = "order,email,company,date,amount\n1,a@x.example,North,2024-01-05,100\n2,A@X.example,,2024-02-05,50\n"
    assert counted(text + "3,b@y.example,,2024-02-06,7\n") == {"North": 150.0, "b@y.example": 7.0}


@pytest.mark.parametrize("header", ["order_no", "单据编号", "Belegnr", "n° facture", "伝票番号", "номер заказа"])
def test_numbers_that_start_again_every_year_are_other_orders(header):
    text = f"{header},customer,date,amount\n1,North,2023-01-05,10\n2,South,2023-02-05,10\n1,North,2024-01-05,10\n"
    assert numbers_of(text + "2,South,2024-02-06,7\n3,South,2024-03-06,7\n") == [
        "1 · 2023", "2 · 2023", "1 · 2024", "2 · 2024", "3",
    ]  # fmt: skip


def test_a_number_of_two_customers_is_two_orders():
    text = "order,customer,date,amount\n1,North,2024-01-05,10\n1,South,2024-01-06,10\n2,North,2024-02-05,10\n"
    assert numbers_of(text) == ["1 · North", "1 · South", "2"]


def test_a_return_months_later_keeps_the_number_of_its_order():
    text = "order,customer,date,amount\n1,North,2024-01-05,10\n2,South,2024-01-06,10\n1,North,2024-05-05,-10\n"
    found = understood(text, accept=False)
    assert not found.questions
    assert numbers_of(text) == ["1", "2"]


@pytest.mark.parametrize(
    "header", ["物流单号", "tracking number", "快递单号", "Sendungsnummer", "支付流水号", "line no"]
)
def test_numbers_of_parcels_payments_and_lines_are_no_order_numbers(header):
    text = f"customer,date,amount,{header}\nA,2024-01-05,100,SF1\nA,2024-01-06,50,SF1\nB,2024-02-05,80,SF2\n"
    found = understood(text, accept=False)
    assert not found.questions
    assert {claim.value for claim in found.claims if claim.claim == "order_number"} == {"customer_day"}


@pytest.mark.parametrize("header", ["case ref", "业务编码", "Vorgangs-Nr", "folio número", "案件番号"])
def test_the_only_column_of_unique_numbers_tells_orders_apart(header):
    text = f"{header},account,close date,amount\nZX9A,A,2024-01-05,100\nZX7B,A,2024-01-05,250\nQW3C,B,2024-01-05,80\n"
    assert numbers_of(text) == ["ZX9A", "ZX7B", "QW3C"]


def test_numbers_of_the_rows_are_no_order_numbers():
    text = "record no,customer,date,amount\n1,A,2024-01-05,100\n2,A,2024-01-05,250\n3,B,2024-01-05,80\n"
    found = understood(text, accept=False)
    assert "order_id" not in found.drafts[0].mapping.columns
