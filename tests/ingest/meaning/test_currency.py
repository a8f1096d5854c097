"""Money in several currencies is never added up."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.ingest.meaning.drafts import counted, revenue, understood
from tiering.ingest.drop import built

COLUMNS = "1,A,2024-01-05,500,{0}\n2,B,2024-02-05,300,{1}\n3,A,2024-03-05,10,{0}\n"
CELLS = "order,customer,date,amount\n1,A,2024-01-05,{0}500\n2,B,2024-02-05,{1}300\n3,A,2024-03-05,{0}10\n"
SEVERAL = {
    "a column": "order,customer,date,amount,currency\n" + COLUMNS.format("EUR", "USD"),
    "币种": "单据编号,客户,日期,金额,币种\n" + COLUMNS.format("欧元", "美元"),
    "Währung": "Beleg,Kunde,Datum,Betrag,Währung\n" + COLUMNS.format("EUR", "USD"),
    "devise": "commande,client,date,montant,devise\n" + COLUMNS.format("EUR", "USD"),
    "通貨": "伝票番号,得意先,売上日,金額,通貨\n" + COLUMNS.format("EUR", "USD"),
    "moneda": "factura,cliente,fecha,importe,moneda\n" + COLUMNS.format("eur", "usd"),
    "signs in cells": CELLS.format("€", "$"),
    "codes in cells": CELLS.format("EUR ", "USD "),
}


@pytest.mark.parametrize("text", SEVERAL.values(), ids=list(SEVERAL))
def test_several_currencies_are_asked_about_and_nothing_is_proposed(text):
    found = understood(text)
    assert [(question.code, question.proposal) for question in found.questions] == [("currency", None)]
    choices = {choice.value["keep"]: choice.money for choice in found.questions[0].choices}
    assert choices == {"EUR": Decimal(510), "USD": Decimal(300)}


@pytest.mark.parametrize("text", SEVERAL.values(), ids=list(SEVERAL))
def test_one_is_kept_or_all_are_converted(text):
    dataset = built(understood(text, currency={"keep": "EUR"}))
    assert revenue(dataset) == {"A": 510.0}
    assert [step.step for step in dataset.meaning.bridge] == ["total", "currency", "counted"]
    assert dict(dataset.sources[0].set_aside) == {"currency": 1}
    assert counted(text, currency={"rates": {"EUR": 1.1, "USD": 1}}) == {"A": 561.0, "B": 300.0}


@pytest.mark.parametrize(
    "header", ["amount in EUR", "Amount (EUR)", "company currency", "本币金额", "Betrag in Hauswährung", "base amount"]
)
def test_a_column_in_the_house_currency_is_the_amount(header):
    text = f"order,customer,date,amount,currency,{header}\n1,A,2024-01-05,5000,USD,4600\n2,B,2024-02-05,5000,EUR,5000\n"
    text += "3,C,2024-03-05,800000,JPY,5000\n4,A,2024-03-06,100,USD,92\n"
    found = understood(text, accept=False)
    assert not found.questions
    assert revenue(built(found)) == {"A": 4692.0, "B": 5000.0, "C": 5000.0}


@pytest.mark.parametrize("cell", ["EUR", "€", "usd", "人民币", "CHF"])
def test_one_currency_leaves_no_question(cell):
    text = f"order,customer,date,amount,currency\n1,A,2024-01-05,5000,{cell}\n2,B,2024-02-05,70,{cell}\n"
    assert not understood(text, accept=False).questions


def test_a_sign_and_its_code_are_one_currency():
    text = "order,customer,date,amount\n1,A,2024-01-05,$500\n2,B,2024-02-05,USD 300\n"
    assert not understood(text, accept=False).questions
    assert counted(text) == {"A": 500.0, "B": 300.0}


def test_files_in_different_currencies_are_not_added_up():
    one = "order,customer,date,amount (EUR)\n1,A,2024-01-05,500\n2,B,2024-01-06,1\n"
    other = "order,customer,date,amount (USD)\n3,A,2024-02-05,300\n4,B,2024-02-06,2\n"
    assert [question.code for question in understood(one, other).questions] == ["currency"]
    assert counted(one, other, currency={"keep": "USD"}) == {"A": 300.0, "B": 2.0}
