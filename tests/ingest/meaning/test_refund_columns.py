"""What a column says was paid back or came back is subtracted from its line, once."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.ingest.meaning.drafts import counted, understood
from tiering.ingest.drop import built


def book(header: str, *refunds: str) -> str:
    """Orders of 900, 500 and 800 of A, A and B, the refunds given to them in a last column."""
    lines = [
        f"{row},{who},2024-0{row}-05,{money},{refund}"
        for row, (who, money, refund) in enumerate(zip("AAB", (900, 500, 800), refunds, strict=True), 1)
    ]
    return "\n".join([f"order,customer,date,amount,{header}", *lines]) + "\n"


@pytest.mark.parametrize(
    "header",
    [
        *(
            "refunded amount",
            "Amount Refunded",
            "Refunds",
            "Total refunded",
            "退款金额",
            "已退款金额（元）",
            "退貨金額",
        ),
        *("Erstattungsbetrag", "Rückerstattung", "Montant remboursé", "Importe reembolsado", "Importo rimborsato"),
        *("Valor devolvido", "Terugbetaald bedrag", "Kwota zwrotu", "返金額", "환불금액", "Сумма возврата"),
    ],
)
@pytest.mark.parametrize("sign", ["", "-"])
def test_refunds_are_subtracted_whatever_their_sign(header: str, sign: str) -> None:
    text = book(header, "0", f"{sign}500", f"{sign}100")
    assert counted(text, accept=False) == {"A": 900, "B": 700}
    assert understood(text, accept=False).questions == ()


@pytest.mark.parametrize(
    "header",
    [
        *("returned quantity", "Qty returned", "退货数量", "已退货数量", "Retourenmenge", "Quantité retournée"),
        *("Cantidad devuelta", "Quantità resa", "Geretourneerd aantal", "返品数量", "반품수량", "Количество возврата"),
    ],
)
def test_pieces_that_came_back_are_subtracted_at_their_price(header: str) -> None:
    text = (
        f"order,customer,date,quantity,unit price,{header}\n1,A,2024-01-05,9,100,0\n2,A,2024-02-05,5,100,5\n"
        "3,B,2024-02-15,8,100,1\n"
    )
    orders = built(understood(text, accept=False)).orders
    assert orders is not None
    assert counted(text, accept=False) == {"A": 900, "B": 700}
    assert orders["quantity"].to_pylist() == [9, 0, 7]


@pytest.mark.parametrize(
    ("header", "refunds"),
    [
        ("refunded amount", ("0", "0", "0")),
        ("退款金额", ("0.00", "0.00", "0.00")),
        ("Refund rate", ("0", "0.5", "0.1")),
        ("Refund policy days", ("14", "30", "14")),
        ("Return on sales", ("3", "5", "8")),
        ("退货天数", ("7", "15", "7")),
        ("Retourenquote", ("0,1", "0,2", "0,1")),
    ],
)
def test_a_column_without_refunds_changes_nothing(header: str, refunds: tuple[str, ...]) -> None:
    text = book(header, *(f'"{refund}"' for refund in refunds))
    assert counted(text, accept=False) == {"A": 1400, "B": 800}
    assert understood(text, accept=False).questions == ()


def test_amounts_that_are_net_of_the_refund_by_another_column_are_asked_and_stay_as_proposed() -> None:
    text = (
        "order,customer,date,gross,refunded amount,net amount\n1,A,2024-01-05,900,0,900\n2,A,2024-02-05,500,200,300\n"
        "3,B,2024-02-15,800,100,700\n"
    )
    (question,) = understood(text, accept=False).questions
    assert (question.code, question.proposal, question.money) == ("returns_sheet", "ignore", Decimal(300))
    assert [choice.money for choice in question.choices] == [Decimal(1600), Decimal(1900)]
    assert counted(text, accept=False) == {"A": 1200, "B": 700}
    assert counted(text, returns_sheet="join") == {"A": 1000, "B": 600}


@pytest.mark.parametrize(("status", "refund", "left"), [("Refunded", 500, 0), ("Refunded", 0, 0), ("已退款", 200, 300)])
def test_an_order_that_was_refunded_by_state_and_by_column_is_subtracted_once(status, refund, left) -> None:
    text = (
        f"order,customer,date,amount,refunded amount,status\n1,A,2024-01-05,900,0,Completed\n"
        f"2,A,2024-02-05,500,{refund},{status}\n3,B,2024-02-15,800,100,Partially refunded\n"
    )
    assert counted(text, accept=False) == {"A": 900 + left, "B": 700}


def test_the_refund_of_an_order_that_stands_on_each_of_its_lines_is_subtracted_once() -> None:
    text = (
        "order,customer,date,product,amount,refunded amount\n1,A,2024-01-05,Pump,300,400\n1,A,2024-01-05,Nut,100,400\n"
        "2,B,2024-01-06,Nut,200,0\n2,B,2024-01-06,Bolt,50,0\n"
    )
    assert counted(text, returns_sheet="join") == {"A": 0, "B": 250}


def test_what_was_refunded_stands_in_the_bridge() -> None:
    steps = built(understood(book("退款金额", "0", "500", "100.50"))).meaning.bridge
    assert [(one.step, one.lines, one.money) for one in steps] == [
        ("total", 3, Decimal(2200)),
        ("refunds", 0, Decimal("-600.50")),
        ("counted", 3, Decimal("1599.50")),
    ]
