"""Lines count by their state, kind of document and marks: what is no sale is left out, what came back is subtracted."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.ingest.meaning.drafts import counted, understood
from tiering.ingest.drop import built

HEAD = "order,customer,date,amount"


def book(header: str, *states: str) -> str:
    """Orders of 100, 200, 400 … in turn of North and South, the states given to them in a last column."""
    lines = [
        f"{row},{'North' if row % 2 else 'South'},2024-{row:02d}-05,{100 * 2 ** (row - 1)},{state}"
        for row, state in enumerate(states, 1)
    ]
    return "\n".join([f"{HEAD},{header}", *lines]) + "\n"


def kept(text: str, **answers: object) -> int:
    """Revenue that counts."""
    return round(sum(counted(text, **answers).values()))


@pytest.mark.parametrize(
    ("header", "counts", "lapsed"),
    [
        ("status", "Completed", "Cancelled"),
        ("Order Status", "Shipped", "Voided"),
        ("Status", "Paid", "Payment failed"),
        ("Financial Status", "paid", "expired"),
        ("State", "Delivered", "CANCELED BY CUSTOMER"),
        ("Approval status", "Approved", "Not approved"),
        ("订单状态", "交易成功", "交易关闭"),
        ("订单状态", "买家已付款，等待卖家发货", "等待买家付款"),
        ("单据状态", "已审核", "暂存"),
        ("訂單狀態", "已完成", "已取消"),
        ("审批状态", "审批通过", "审批中"),
        ("Auftragsstatus", "Geliefert", "Storniert"),
        ("Status", "Versendet", "Storniert (Kunde)"),
        ("Statut", "Livrée", "Annulée"),
        ("Estado", "Entregado", "Anulado"),
        ("Stato", "Consegnato", "Annullato"),
        ("Situação", "Entregue", "Cancelado"),
        ("Status", "Geleverd", "Geannuleerd"),
        ("Status zamówienia", "Zrealizowane", "Anulowane"),
        ("ステータス", "発送済み", "キャンセル"),
        ("주문상태", "배송완료", "주문취소"),
        ("Статус заказа", "Выполнен", "Отменён"),
    ],
)
def test_cancelled_lines_are_no_revenue_and_nobody_has_to_be_asked(header: str, counts: str, lapsed: str) -> None:
    text = book(header, f'"{counts}"', f'"{lapsed}"', f'"{counts}"', f'"{counts}"')
    assert kept(text, accept=False) == 100 + 400 + 800
    assert understood(text, accept=False).questions == ()


@pytest.mark.parametrize(
    ("header", "sale", "back"),
    [
        ("Document Type", "Invoice", "Credit Note"),
        ("Kind", "Sale", "Return"),
        ("Transaction type", "Sales Receipt", "Refund"),
        ("Billing Type", "F2", "G2"),
        ("单据类型", "销售出库单", "销售退货单"),
        ("业务类型", "销售", "退货"),
        ("发票类型", "蓝字发票", "红字发票"),
        ("單據類型", "銷售", "退貨"),
        ("Belegart", "Rechnung", "Gutschrift"),
        ("Vorgang", "Verkauf", "Retoure"),
        ("Type de pièce", "Facture", "Avoir"),
        ("Tipo de documento", "Factura", "Nota de crédito"),
        ("Tipo documento", "Fattura", "Nota di credito"),
        ("Soort", "Factuur", "Creditnota"),
        ("Rodzaj dokumentu", "Faktura", "Korekta"),
        ("伝票種別", "売上", "返品"),
        ("거래유형", "매출", "반품"),
        ("Вид операции", "Реализация", "Возврат"),
    ],
)
def test_positive_amounts_of_returns_are_subtracted_and_negative_ones_stay(header: str, sale: str, back: str) -> None:
    positive = book(header, sale, back, sale, sale)
    assert kept(positive, accept=False) == 100 - 200 + 400 + 800
    assert kept(positive.replace(",200,", ",-200,"), accept=False) == 100 - 200 + 400 + 800


@pytest.mark.parametrize(
    ("header", "states"),
    [
        ("status", ("Delivered", "Shipped", "Completed", "Paid")),
        ("状态", ("已发货", "已完成", "已签收", "未取消")),
        ("Status", ("Geliefert", "Bezahlt", "Nicht storniert", "Überfällig")),
        ("Invoice status", ("Paid", "Overdue", "Unpaid invoice", "Partially paid")),
        ("Segment", ("Retail", "Wholesale", "Retail", "Return customer")),
        ("Type", ("Retail", "Wholesale", "Retail", "Online")),
        ("类型", ("零售", "批发", "团购", "批发")),
        ("State", ("CA", "TX", "NY", "CA")),
        ("Priority", ("High", "Low", "High", "Low")),
        ("Customer status", ("Active", "Cancelled", "Active", "Cancelled")),
        ("客户状态", ("正常", "已终止", "正常", "已终止")),
        ("Status", ("Active", "Inactive", "Active", "Inactive")),
        ("Grade", ("A", "B", "A", "B")),
        ("Payment", ("Card", "Cash", "Card", "Cash")),
        ("Voided", ("false", "false", "false", "false")),
    ],
)
def test_what_only_describes_lines_or_customers_takes_nothing_and_asks_nothing(
    header: str, states: tuple[str, ...]
) -> None:
    assert kept(book(header, *states), accept=False) == 1500
    assert understood(book(header, *states), accept=False).questions == ()


@pytest.mark.parametrize(
    ("header", "stays", "void"),
    [
        ("voided", "false", "true"),
        ("Is cancelled", "No", "Yes"),
        ("deleted", "0", "1"),
        ("void", "", "x"),
        ("作废", "否", "是"),
        ("是否有效", "是", "否"),
        ("已审核", "Y", "N"),
        ("Storniert", "Nein", "Ja"),
        ("Gebucht", "ja", "nein"),
        ("Annulé", "Non", "Oui"),
        ("Anulado", "No", "Sí"),
        ("取消フラグ", "いいえ", "はい"),
        ("Отменён", "нет", "да"),
        ("Cancelled at", "", "2024-02-06"),
        ("取消时间", "", "2024-02-06 10:00"),
        ("Stornogrund", "", "Kunde insolvent"),
    ],
)
def test_marks_of_yes_and_no_are_understood_by_their_header(header: str, stays: str, void: str) -> None:
    assert kept(book(header, stays, void, stays, stays), accept=False) == 100 + 400 + 800


def test_open_and_lost_deals_are_no_revenue_and_their_planned_day_is_no_order() -> None:
    text = (
        "Deal Name,Company,Close Date,Amount,Deal Stage\nA,North,2024-01-05,100,Closed Won\nB,North,2027-09-01,900,"
        "Contract Sent\nC,South,2024-02-01,300,Closed Lost\nD,South,2024-03-01,50,Closed Won\n"
    )
    dataset = built(understood(text, accept=False))
    assert dataset.orders is not None
    assert str(max(dataset.orders["order_date"].to_pylist())) == "2024-03-01"
    assert counted(text, accept=False) == {"North": 100, "South": 50}


@pytest.mark.parametrize(
    ("header", "waiting", "counts"),
    [
        ("Invoice No", "Unpaid", 1500),
        ("Order No", "Unpaid", 500),
        ("发票号", "未付款", 1500),
        ("订单号", "待付款", 500),
    ],
)
def test_an_unpaid_invoice_counts_and_an_order_that_waits_for_payment_does_not(header, waiting, counts) -> None:
    text = book("Status", "Paid", waiting, "Paid", waiting).replace("order,", f"{header},", 1)
    assert kept(text, accept=False) == counts


def test_several_columns_together_one_that_speaks_against_a_line_is_enough() -> None:
    lines = ["1,A,2024-01-05,900,已审核,否", "2,A,2024-02-05,5000,已审核,是", "3,B,2024-03-05,700,未审核,否"]
    text = "\n".join(["单号,客户,日期,金额,审核状态,作废", *lines]) + "\n"
    assert counted(text, accept=False) == {"A": 900}


def test_unknown_values_of_more_than_a_hundredth_of_the_money_are_asked_each_with_its_proposal() -> None:
    text = book("status", "Completed", "Zebra", "Cancelled", "Completed")
    (question,) = understood(text, accept=False).questions
    assert question.code == "states"
    (detail,) = question.details
    assert (detail["value"], detail["lines"], detail["money"], detail["proposal"]) == ("Zebra", 1, Decimal(200), "yes")
    assert [choice.money for choice in question.choices] == [Decimal(1100), Decimal(900)]
    assert kept(text, accept=False) == 1100
    assert kept(text, states={"Zebra": "no"}) == 900
    assert kept(text, states={"Zebra": "return"}) == 700
    assert understood(text, accept=False, states={"zebra": "no"}).questions == ()
    assert understood(text, accept=True).questions == ()


def test_an_answer_outweighs_what_the_words_say() -> None:
    text = book("status", "Completed", "Cancelled", "Completed", "Completed")
    assert kept(text, states={"Cancelled": "yes"}) == 1500
    assert kept(book("Grade", "A", "B", "A", "B"), states={"B": "no"}) == 500


def test_unknown_values_of_hardly_any_money_count_without_a_question() -> None:
    text = book("status", "Zebra", *["Completed"] * 7)
    assert kept(text, accept=False) == 25_500
    assert understood(text, accept=False).questions == ()


def test_a_document_that_reverses_with_a_negative_amount_stays_beside_the_sale_it_takes_back() -> None:
    text = book("status", "Completed", "Cancelled", "Completed", "Completed").replace(",200,", ",-100,")
    assert kept(text, accept=False) == 1200


def test_returns_take_their_quantity_back_with_their_money() -> None:
    text = "order,customer,date,quantity,unit price,type\n1,A,2024-01-05,5,10,Sale\n2,A,2024-01-06,2,10,Return\n"
    orders = built(understood(text)).orders
    assert orders is not None
    assert orders["quantity"].to_pylist() == [5, -2]
    assert [float(money) for money in orders["amount"].to_pylist()] == [50, -20]


def test_what_a_column_of_states_took_stands_in_the_bridge_to_the_cent() -> None:
    text = book("单据类型", "销售", "退货", "作废", "销售")
    steps = built(understood(text)).meaning.bridge
    assert [(one.step, one.lines, one.money) for one in steps] == [
        ("total", 4, Decimal(1500)),
        ("not_counted", -1, Decimal(-400)),
        ("returns", 0, Decimal(-400)),
        ("counted", 3, Decimal(700)),
    ]


def test_a_value_is_not_asked_about_where_another_column_leaves_its_lines_out() -> None:
    lines = ["1,A,2024-01-05,100,Invoice,paid", "2,B,2024-02-05,900,Estimate,zebra", "3,B,2024-03-05,70,Invoice,paid"]
    text = "\n".join([f"{HEAD},type,status", *lines]) + "\n"
    assert counted(text, accept=False) == {"A": 100, "B": 70}
    assert understood(text, accept=False).questions == ()


def test_a_payment_beside_invoices_is_no_sale_and_no_return_whatever_its_sign() -> None:
    for payment in ("500", "-500"):
        text = f"{HEAD},type\n1,A,2024-01-05,500,Invoice\n2,A,2024-02-05,{payment},Payment\n3,A,2024-03-05,9,Invoice\n"
        assert counted(text, accept=False) == {"A": 509}


def test_a_reason_for_closing_that_says_it_is_not_closed_leaves_the_order_in() -> None:
    text = book("订单关闭原因", "订单未关闭", "买家拍错", "订单未关闭", "订单未关闭")
    assert kept(text, accept=False) == 1300


@pytest.mark.parametrize("kind", ["标准退货单", "销售退货单（普通）", "Customer refund note", "Retoure (Kunde)"])
def test_kinds_of_returns_in_longer_words_are_subtracted_too(kind: str) -> None:
    sale = "标准销售出库单" if kind[0] > "z" else "Customer invoice"
    assert kept(book("单据类型", sale, kind, sale, sale), accept=False) == 1100


@pytest.mark.parametrize("sign", ["", "-"])
def test_a_sale_cancelled_by_its_state_and_by_a_document_is_taken_back_once(sign: str) -> None:
    lines = ["RE1,A,2024-01-05,1000,Rechnung,bezahlt", "RE2,A,2024-02-05,500,Rechnung,storniert"]
    lines += [f"ST2,A,2024-02-06,{sign}500,Stornorechnung,erledigt", "GU1,A,2024-03-06,100,Gutschrift,erledigt"]
    assert counted("\n".join([f"{HEAD},Belegart,Status", *lines]) + "\n", accept=False) == {"A": 900}
    assert counted("\n".join([f"{HEAD},Belegart,Status", *lines[:1], *lines[2:]]) + "\n", accept=False) == {"A": 400}
