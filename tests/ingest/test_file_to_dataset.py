"""From the bytes people have to a dataset: reader, mapping and cleaning together."""

import hashlib
from datetime import date
from decimal import Decimal

import pyarrow.compute as pc

from tiering.ingest import build_dataset, read_bytes, suggest_mapping


def dataset_of(**files):
    sources = []
    for name, content in files.items():
        reading = read_bytes(content, f"{name}.csv")
        sources.append((reading, suggest_mapping(reading), hashlib.sha256(content).hexdigest(), f"{name}.csv"))
    return build_dataset(sources)


ERP = """销售明细表,,,,
单据编号,客户名称,单据日期,金额（万元）,产品类别
XS001,杭州明联新实业股份有限公司,2024年1月5日,1.25,机床
XS001,杭州明联新实业股份有限公司,2024年1月5日,0.5,刀具
XS002,,2024年2月3日,3,机床
XS003,上海盛金博贸易有限公司,2024年3月1日,(0.2),刀具
XS004,上海盛金博贸易有限公司,2024年3月9日,7,机床
合计,,,11.55,
"""


def test_a_chinese_erp_export_with_title_total_and_ten_thousands_is_used_to_the_cent():
    dataset = dataset_of(orders=ERP.encode("gb18030"))
    assert dataset.orders.select(["customer_id", "order_date", "amount"]).to_pylist()[-2:] == [
        {"customer_id": "上海盛金博贸易有限公司", "order_date": date(2024, 3, 1), "amount": Decimal("-2000.00")},
        {"customer_id": "上海盛金博贸易有限公司", "order_date": date(2024, 3, 9), "amount": Decimal("70000.00")},
    ]
    assert pc.sum(dataset.orders["amount"]).as_py() == Decimal("85500.00")
    assert dataset.currency == "¥"
    facts = dataset.sources[0]
    assert (facts.used, facts.set_aside, sum(facts.excluded.values())) == (4, {"no_customer": 1}, 2)
    assert facts.read == 8


RETAIL = """InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
536365,85123A,HEART,6,2010-12-01 08:26:00,2.55,17850,United Kingdom
536365,71053,LANTERN,6,2010-12-01 08:26:00,3.39,17850,United Kingdom
C536379,D,Discount,-1,2010-12-01 09:41:00,27.5,14527,United Kingdom
536414,22139,,56,2010-12-01 11:52:00,0,,United Kingdom
536370,22728,CLOCK,24,2010-12-01 08:45:00,3.75,12583,France
"""


def test_a_retail_export_is_used_but_for_lines_without_customer():
    dataset = dataset_of(retail=RETAIL.encode())
    assert pc.sum(dataset.orders["amount"]).as_py() == Decimal("98.14")
    assert dataset.sources[0].set_aside == {"no_customer": 1}
    assert dataset.set_aside.select(["line", "reason", "InvoiceNo", "Quantity"]).to_pylist() == [
        {"line": 5, "reason": "no_customer", "InvoiceNo": "536414", "Quantity": "56"}
    ]
    assert dataset.customers.to_pylist() == [
        {"customer_id": "12583", "country": "France"},
        {"customer_id": "14527", "country": "United Kingdom"},
        {"customer_id": "17850", "country": "United Kingdom"},
    ]


def test_the_same_file_in_another_row_order_gives_the_same_totals_and_customers():
    head, *lines = RETAIL.splitlines()
    turned = "\n".join([head, *reversed(lines), ""])
    first, second = dataset_of(retail=RETAIL.encode()), dataset_of(retail=turned.encode())
    assert first.customers.equals(second.customers)
    assert first.orders.sort_by("StockCode").equals(second.orders.sort_by("StockCode"))
