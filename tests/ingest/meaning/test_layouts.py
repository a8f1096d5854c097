"""Exports of known systems, each by a small example in its own headers."""

from __future__ import annotations

import pytest

from tests.ingest.meaning.drafts import counted, understood
from tiering.ingest.meaning.fields import FIELDS
from tiering.ingest.meaning.layouts import layouts

EXAMPLES = {
    "taobao": (
        "订单编号,买家会员名,总金额,买家实际支付金额,订单状态,订单创建时间,订单付款时间,宝贝标题,物流单号,宝贝总数量\n"
        "1,甲,120,100.50,交易成功,2024-01-05 10:00:00,2024-01-05 10:05:00,水泵,SF1,1\n"
        "2,乙,80,80,交易关闭,2024-02-05 10:00:00,2024-02-05 10:05:00,阀,SF2,1\n"
        "3,乙,30,30,交易成功,2024-02-06 10:00:00,2024-02-06 10:05:00,阀,SF3,1\n",
        {"甲": 100.5, "乙": 30.0},
    ),
    "jd": (
        "订单号,商品ID,商品名称,订购数量,下单时间,京东价,订单金额,结算金额,订单状态,下单帐号\n"
        "1,9,水泵,1,2024-01-05 10:00:00,100,100,90,完成,甲\n2,9,水泵,2,2024-01-06 10:00:00,100,200,180,完成,乙\n",
        {"甲": 90.0, "乙": 180.0},
    ),
    "kingdee_delivery": (
        "单据编号,日期,客户,单据状态,物料编码,物料名称,实发数量,含税单价,价税合计\n"
        "XS1,2024-01-05,甲,已审核,M1,水泵,2,50,100\nXS2,2024-01-06,乙,已审核,M2,阀,1,70,70\n",
        {"甲": 100.0, "乙": 70.0},
    ),
    "kingdee_receivables": (
        "单据类型,单据编号,业务日期,客户,币别,价税合计,单据状态\n"
        "标准应收单,AR1,2024-01-05,甲,人民币,100,已审核\n标准应收单,AR2,2024-01-06,乙,人民币,70,已审核\n",
        {"甲": 100.0, "乙": 70.0},
    ),
    "yonyou_invoices": (
        "发票号,开票日期,客户简称,存货编码,存货名称,数量,无税金额,税额,价税合计\n"
        "F1,2024-01-05,甲,M1,水泵,2,100,13,113\nF2,2024-01-06,乙,M2,阀,1,200,26,226\n",
        {"甲": 100.0, "乙": 200.0},
    ),
    "fxiaoke": (
        "销售订单编号,客户名称,下单日期,销售订单金额(元),生命状态,负责人\n"
        "S1,甲,2024-01-05,100,正常,张三\nS2,乙,2024-01-06,70,正常,李四\n",
        {"甲": 100.0, "乙": 70.0},
    ),
    "xiaoshouyi": (
        "销售机会名称,客户名称,销售金额,结单日期,销售阶段,销售机会所有人\n"
        "一,甲,100,2024-01-05,赢单,张三\n二,乙,70,2024-01-06,赢单,李四\n",
        {"甲": 100.0, "乙": 70.0},
    ),
    "shopify": (
        "Name,Email,Financial Status,Paid at,Currency,Subtotal,Taxes,Total,Lineitem quantity,Lineitem name,"
        "Lineitem price,Billing Company\n"
        "#1,a@x.example,paid,2024-01-31 10:00:00 +0000,EUR,100,0,100,1,Pump,70,North\n"
        "#1,a@x.example,,,,,,,2,Valve,15,\n#2,b@y.example,paid,2024-03-01 10:00:00 +0000,EUR,25,0,25,1,Nut,25,South\n",
        {"North": 100.0, "South": 25.0},
    ),
    "woocommerce": (
        "Date,Order #,N. Revenue,Status,Customer,Product(s),Items sold\n"
        "2024-01-05 10:00:00,1,100,completed,North,Pump,1\n2024-01-06 10:00:00,2,70,completed,South,Nut,2\n",
        {"North": 100.0, "South": 70.0},
    ),
    "stripe": (
        "id,Created date (UTC),Amount,Amount Refunded,Currency,Status,Customer ID,Customer Email\n"
        "ch_1,2024-01-05 10:00:00,100.00,0.00,usd,Paid,cus_A,a@x.example\n"
        "ch_2,2024-02-05 10:00:00,70.00,0.00,usd,Paid,cus_B,b@x.example\n",
        {"cus_A": 100.0, "cus_B": 70.0},
    ),
    "hubspot_deals": (
        "Record ID,Deal Name,Deal Stage,Close Date,Amount,Deal owner,Associated Company\n"
        "1,x,Closed Won,2024-01-05 10:00,100,Kim,North\n2,y,Closed Won,2024-02-05 10:00,70,Lee,South\n",
        {"North": 100.0, "South": 70.0},
    ),
    "salesforce": (
        "Opportunity Name,Account Name,Stage,Close Date,Amount,Opportunity Owner\n"
        "x,North,Closed Won,2024-01-05,100,Kim\ny,South,Closed Won,2024-02-05,70,Lee\n",
        {"North": 100.0, "South": 70.0},
    ),
    "sap_billing": (
        "Billing Document,Billing Type,Billing Date,Sold-to Party,Net Value,Document Currency\n"
        "9001,F2,2024-01-05,0000100001,100.00,EUR\n9002,F2,2024-02-05,0000100002,70.00,EUR\n",
        {"0000100001": 100.0, "0000100002": 70.0},
    ),
    "sap_billing_de": (
        "Faktura;Fakturaart;Fakturadatum;Auftraggeber;Nettowert;Belegwährung\n"
        "9001;F2;05.01.2024;0000100001;100,00;EUR\n9002;F2;15.02.2024;0000100002;70,00;EUR\n",
        {"0000100001": 100.0, "0000100002": 70.0},
    ),
    "sap_line_items": (
        "Customer,Document Number,Document Type,Document Date,Posting Date,Amount in Local Currency,Local Currency\n"
        "100001,18001,RV,2024-01-05,2024-01-05,100.00,EUR\n100002,18002,RV,2024-02-05,2024-02-05,70.00,EUR\n",
        {"100001": 100.0, "100002": 70.0},
    ),
    "odoo": (
        "Order Reference,Order Date,Customer,Salesperson,Untaxed Amount,Total,Status\n"
        "S1,2024-01-05 10:00:00,North,Kim,100,119,Sales Order\nS2,2024-02-05 10:00:00,South,Lee,70,83.3,Sales Order\n",
        {"North": 100.0, "South": 70.0},
    ),
    "erpnext": (
        "ID,Customer,Posting Date,Net Total,Grand Total,Status\n"
        "SINV-1,North,2024-01-05,100,119,Paid\nSINV-2,South,2024-02-05,70,83.3,Unpaid\n",
        {"North": 100.0, "South": 70.0},
    ),
    "quickbooks": (
        "Date,Transaction Type,Num,Customer,Product/Service,Qty,Sales Price,Amount\n"
        "2024-01-05,Invoice,1001,North,Pump,2,50,100\n2024-02-05,Invoice,1002,South,Nut,7,10,70\n",
        {"North": 100.0, "South": 70.0},
    ),
    "dynamics_invoices": (
        "No.,Sell-to Customer No.,Sell-to Customer Name,Posting Date,Amount,Amount Including VAT\n"
        "103001,10000,North,2024-01-05,100,119\n103002,20000,South,2024-02-05,70,83.3\n",
        {"10000": 100.0, "20000": 70.0},
    ),
    "dynamics_ledger": (
        "Posting Date,Document Type,Document No.,Customer No.,Original Amount,Amount\n"
        "2024-01-05,Invoice,103001,10000,100,100\n2024-02-05,Invoice,103002,20000,70,70\n",
        {"10000": 100.0, "20000": 70.0},
    ),
    "xero": (
        "ContactName,InvoiceNumber,InvoiceDate,DueDate,Description,Quantity,UnitAmount,LineAmount,Currency\n"
        "North,INV-1,2024-01-05,2024-02-05,Pump,2,50,100,NZD\nSouth,INV-2,2024-02-05,2024-03-05,Nut,7,10,70,NZD\n",
        {"North": 100.0, "South": 70.0},
    ),
}


def test_every_layout_has_an_example_and_known_fields():
    assert {layout.key for layout in layouts()} == set(EXAMPLES)
    assert all(set(layout.columns) <= set(FIELDS) for layout in layouts())


@pytest.mark.parametrize("key", EXAMPLES)
def test_an_export_is_known_by_its_headers_and_counted_right(key):
    text, revenue = EXAMPLES[key]
    assert {claim.value for claim in understood(text).claims if claim.claim == "layout"} == {key}
    assert counted(text) == revenue


def test_a_layout_whose_values_do_not_fit_changes_nothing():
    text = EXAMPLES["erpnext"][0].replace(",100,119,", ",n/a,119,").replace(",70,83.3,", ",n/a,83.3,")
    assert counted(text) == {"North": 119.0, "South": 83.3}
