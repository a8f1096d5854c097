"""Columns that headers name plainly: parts of a price, bill blanks of one order, kinds of documents."""

from __future__ import annotations

from tests.ingest.meaning.drafts import counted, draft
from tiering.ingest import read_bytes

LINES = (
    "Order ID,Customer,Order Date,Item,Quantity,Unit Price,Line Total,Order Total\n"
    "1,A,2024-01-05,Pump,2,50,100,170\n1,A,2024-01-05,Valve,1,70,70,170\n2,B,2024-02-05,Pump,1,50,50,50\n"
)
BILLING = (
    "Billing Doc.;BillT;Sold-to pt;Billing Date;Net Value\n90001;F2;100001;05.01.2024;1.000,00\n"
    "90002;RE;100001;20.01.2024;250,00\n90003;F2;100002;14.02.2024;900,00\n90004;S1;100002;15.02.2024;900,00\n"
    "90005;F2;100002;28.02.2024;400,00\n"
)
NOTES = (
    "Numero;Tipo documento;Cliente;Data;Imponibile\n1;Fattura;Rossi;05/01/2024;1000,00\n"
    "2;Nota di credito;Rossi;20/01/2024;250,00\n3;Fattura;Bianchi;14/02/2024;900,00\n"
)


def test_quantity_and_price_named_so_prove_the_amount_of_the_line_however_few_lines_have_two_pieces() -> None:
    assert counted(LINES) == {"A": 170.0, "B": 50.0}


def test_the_type_of_a_billing_document_is_no_customer() -> None:
    assert counted(BILLING) == {"100001": 750.0, "100002": 400.0}


def test_the_kind_of_a_document_is_no_number_of_an_order() -> None:
    assert draft(NOTES).mapping.headers("order_id") != ("Tipo documento",)
    assert counted(NOTES) == {"Rossi": 750.0, "Bianchi": 900.0}


def test_one_bill_of_two_lines_among_single_ones_is_asked_about_where_three_columns_are_blank_together() -> None:
    bills = (
        "单据编号,日期,客户,物料名称,金额\nX1,2024-01-05,甲,泵,100\n,,,阀,70\n"
        "X2,2024-02-05,乙,泵,50\nX3,2024-02-06,乙,阀,9\n"
    )
    reading = read_bytes(bills.encode(), "bills.csv")
    assert [one["code"] for one in reading.questions] == ["fill_down"]


def test_a_few_blank_notes_are_blank() -> None:
    notes = (
        "单据编号,客户,日期,金额,备注\nX1,甲,2024-01-05,100,急\nX2,甲,2024-01-06,70,\n"
        "X3,乙,2024-02-05,50,好\nX4,乙,2024-02-06,9,缓\n"
    )
    assert read_bytes(notes.encode(), "notes.csv").questions == ()
