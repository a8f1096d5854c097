"""One answer fills every column that is blank in the same rows; amounts are never filled."""

from __future__ import annotations

import pytest

from tiering.ingest import read_bytes

BODY = "B1,2024-01-05,A,P0,1,10\n,,,P1,1,11\nB2,2024-02-05,B,P0,1,20\n,,,P1,1,21\n"
LISTS = {
    "金蝶": f"单据编号,日期,客户,物料,数量,价税合计\n{BODY}",
    "Belege": f"Beleg,Datum,Kunde,Artikel,Menge,Betrag\n{BODY}",
    "bills": f"bill no,date,customer,item,qty,amount\n{BODY}",
    "factures": f"n° facture,date,client,article,quantité,montant\n{BODY}",
}


@pytest.mark.parametrize("text", LISTS.values(), ids=list(LISTS))
def test_number_date_and_customer_are_filled_together(text):
    asked = read_bytes(text.encode(), "bills.csv")
    assert [question["code"] for question in asked.open_questions] == ["fill_down"]
    filled = read_bytes(text.encode(), "bills.csv", answers={"fill_down": "yes"})
    assert filled.table is not None
    assert [column.null_count for column in filled.table.columns] == [0] * 6
    assert filled.table.column(0).to_pylist()[::2] == filled.table.column(0).to_pylist()[1::2]


def test_a_total_on_the_first_line_of_each_bill_is_not_filled():
    text = "bill no,customer,item,total\nB1,A,P0,21\n,,P1,\nB2,B,P0,41\n,,P1,\n"
    filled = read_bytes(text.encode(), "bills.csv", answers={"fill_down": "yes"})
    assert filled.table is not None
    assert [float(money) for money in filled.table["total"].to_pylist() if money is not None] == [21.0, 41.0]
