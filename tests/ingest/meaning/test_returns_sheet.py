"""A sister file of what came back is joined to the orders it names; other sister files change nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.ingest.meaning.drafts import TODAY, draft, revenue
from tiering.claims import Asked
from tiering.ingest.drop import built
from tiering.ingest.meaning.draft import Understanding
from tiering.ingest.meaning.understand import understand

ORDERS = (
    "order,customer,date,product,amount\nO1,A,2024-01-05,Pump,300\nO1,A,2024-01-05,Nut,100\nO2,B,2024-02-05,Pump,300\n"
    "O3,B,2024-03-05,Nut,50\nO4,C,2024-04-05,Bolt,70\nO5,A,2024-05-05,Bolt,30\n"
)


def together(returns: str, name: str, accept: bool = True, **answers: object) -> Understanding:
    """The orders and a sister file of some name, understood together."""
    return understand([draft(ORDERS, "orders.csv"), draft(returns, name)], Asked(answers, TODAY, accept))


def kept(returns: str, name: str, **answers: object) -> dict[str, float]:
    """Revenue of each customer."""
    return revenue(built(together(returns, name, **answers)))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("returns.csv", "Order ID,Returned\nO2,Yes\nO4,Yes\n"),
        ("Returns 2024.csv", "Order,Reason\nO2,broken\nO4,too late\n"),
        ("export · Refunds", "order,approved by\nO2,Kim\nO4,Lee\n"),
        ("book.xlsx · 退货", "订单编号,退回\nO2,是\nO4,是\n"),
        ("退单明细.csv", "单号,原因\nO2,破损\nO4,错发\n"),
        ("Retouren.csv", "Auftragsnr;Grund\nO2;defekt\nO4;falsch\n"),
        ("retours.csv", "Commande;Motif\nO2;casse\nO4;erreur\n"),
        ("devoluciones.csv", "Pedido;Motivo\nO2;roto\nO4;error\n"),
        ("Resi.csv", "Ordine;Motivo\nO2;rotto\nO4;errore\n"),
        ("返品.csv", "注文番号,理由\nO2,破損\nO4,誤送\n"),
        ("반품.csv", "주문번호,사유\nO2,파손\nO4,오배송\n"),
        ("возвраты.csv", "Заказ;Причина\nO2;брак\nO4;ошибка\n"),
        ("list.csv", "order,returned\nO2,Yes\nO4,Yes\n"),
    ],
)
def test_orders_in_a_list_of_returns_do_not_count_and_it_is_offered_with_what_it_changes(name: str, text: str) -> None:
    (question,) = together(text, name, accept=False).questions
    assert (question.code, question.file, question.lines, question.money) == ("returns_sheet", name, 2, Decimal(370))
    assert [choice.money for choice in question.choices] == [Decimal(480), Decimal(850)]
    assert kept(text, name, accept=False) == {"A": 430, "B": 50}
    assert kept(text, name, returns_sheet="ignore") == {"A": 430, "B": 350, "C": 70}
    assert together(text, name, accept=False, returns_sheet="join").questions == ()


def test_a_list_that_names_the_product_takes_that_line_alone() -> None:
    assert kept("order,product\nO1,Nut\nO2,Pump\n", "returns.csv") == {"A": 330, "B": 50, "C": 70}


def test_a_list_that_tells_the_money_takes_no_more() -> None:
    assert kept("order,refund\nO1,350\nO2,20\n", "refunds.csv") == {"A": 80, "B": 330, "C": 70}


def test_a_list_that_marks_some_orders_takes_these_alone() -> None:
    assert kept("order,returned\nO1,no\nO2,yes\nO3,no\n", "returns.csv") == {"A": 430, "B": 50, "C": 70}


@pytest.mark.parametrize("sign", ["", "-"])
@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("credit notes.csv", "document,customer,date,product,amount"),
        ("销售退货.csv", "单据编号,客户名称,日期,商品,金额"),
        ("Gutschriften.csv", "Belegnr,Kunde,Datum,Artikel,Betrag"),
    ],
)
def test_documents_of_returns_with_customer_day_and_money_are_subtracted(name: str, head: str, sign: str) -> None:
    text = f"{head}\nG1,A,2024-01-20,Nut,{sign}100\nG2,B,2024-02-20,Pump,{sign}40\n"
    assert kept(text, name, accept=False) == {"A": 330, "B": 310, "C": 70}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("notes.csv", "order,note,customer\nO2,call back,B\nO4,nice,C\n"),
        ("returns.csv", "region,return rate,customer\nNorth,0.1,A\nSouth,0.2,B\n"),
        ("return policy.csv", "order,days,customer\nO2,14,B\nO4,30,C\n"),
        ("returns.csv", "order,reason,customer\nX2,broken,B\nX4,late,C\n"),
    ],
)
def test_other_sister_files_change_nothing_and_ask_nothing(name: str, text: str) -> None:
    found = together(text, name, accept=False)
    assert [one.code for one in found.questions if one.code == "returns_sheet"] == []
    orders = next(one for one in found.drafts if one.name == "orders.csv")
    assert orders.table.num_rows == 6


def test_the_bridge_tells_of_returned_orders() -> None:
    steps = built(together("order\nO2\nO4\n", "returns.csv")).meaning.bridge
    assert [(one.step, one.lines, one.money) for one in steps] == [
        ("total", 6, Decimal(850)),
        ("returned", -2, Decimal(-370)),
        ("counted", 4, Decimal(480)),
    ]


@pytest.mark.parametrize(("name", "head"), [("returns.csv", "order,product,qty"), ("退货.csv", "单号,商品,退货数量")])
def test_a_list_that_tells_how_many_came_back_takes_their_share(name: str, head: str) -> None:
    lines = ("O1,A,2024-01-05,Pump,3,300", "O1,A,2024-01-05,Nut,10,100", "O2,B,2024-02-05,Nut,4,30")
    orders = "\n".join(("order,customer,date,product,qty,amount", *lines)) + "\n"
    drafts = [draft(orders, "orders.csv"), draft(f"{head}\nO1,Pump,1\nO2,Nut,4\n", name)]
    assert revenue(built(understand(drafts, Asked({}, TODAY)))) == {"A": 300, "B": 0}
