import json

import pytest
from readings import days, money, reading_of

from tiering.ingest import FIELDS, ensure_usable, mapping_from_json, mapping_to_json, suggest_mapping, with_column
from tiering.ingest.meaning.header_match import word_score
from tiering.ingest.meaning.mapping import Mapping
from tiering.problems import DataProblem, Problem


def retail():
    return reading_of(
        {
            "InvoiceNo:id": ["536365", "536365", "C536379", "536380"],
            "StockCode:id": ["85123A", "71053", "D", "22961"],
            "Description:text": ["HEART", "LANTERN", "Discount", "JAM"],
            "Quantity:quantity": money("6", "6", "-1", "24"),
            "InvoiceDate:date": days("2010-12-01", "2010-12-01", "2010-12-01", "2010-12-02"),
            "UnitPrice:money": money("2.55", "3.39", "27.50", "1.45"),
            "CustomerID:id": ["17850", "17850", "14527", None],
            "Country:category": ["United Kingdom"] * 4,
        }
    )


def test_an_invoice_export_is_recognised_by_its_english_headers():
    mapping = suggest_mapping(retail())
    assert mapping.role == "orders"
    assert mapping.columns == {
        "customer_id": "CustomerID",
        "order_id": "InvoiceNo",
        "order_date": "InvoiceDate",
        "quantity": "Quantity",
        "unit_price": "UnitPrice",
        "product": "Description",
        "country": "Country",
    }
    assert mapping.unmapped == ("StockCode",)
    assert all(sure > 0.9 for sure in mapping.confidence.values())


@pytest.mark.parametrize(
    ("customer", "day", "amount"),
    [
        ("客户名称", "下单日期", "订单金额"),
        ("客戶名稱", "下單日期", "訂單金額"),
        ("客户 名称", "订单 日期", "订单 金额"),
        ("公司名称", "签约日期", "合同金额（万元）"),
        ("购货单位", "单据日期", "价税合计"),
        ("客户全称", "日期", "销售额"),
        ("Customer Name", "Order Date", "Net Sales"),
        ("company", "date", "amount"),
        ("BUYER_NAME", "TRANSACTION_DATE", "TOTAL_AMOUNT (USD)"),
        ("Ｃｕｓｔｏｍｅｒ", "ｔｉｍｅ", "Ｓａｌｅｓ"),
        ("Custmer Name", "Ordr Date", "Sales Amunt"),
        ("Our Customer Name", "Booking Order Date", "Total Invoice Amount"),
    ],
)
def test_customer_date_and_amount_are_found_under_many_headers(customer, day, amount):
    orders = reading_of(
        {
            f"{day}:date": days("2024-01-05", "2024-02-01"),
            f"{customer}:name": ["杭州明联新实业股份有限公司", "上海盛金博贸易有限公司"],
            f"{amount}:money": money("1200.50", "80"),
        }
    )
    mapping = suggest_mapping(orders)
    assert mapping.role == "orders"
    assert mapping.columns == {"customer_name": customer, "order_date": day, "amount": amount}
    ensure_usable(orders, mapping)


@pytest.mark.parametrize(
    "header",
    [
        "客户编号",
        "客户 ID",
        "客户代码",
        "会员号",
        "cumid",
        "CustomerID",
        "customer_id",
        "Customer No.",
        "account no",
        "CUST_NO",
    ],
)
def test_a_customer_number_is_found_under_many_headers(header):
    orders = reading_of(
        {
            f"{header}:id": ["10001", "10001"],
            "date:date": days("2024-01-05", "2024-02-01"),
            "amount:money": money("1", "2"),
        }
    )
    assert suggest_mapping(orders).columns["customer_id"] == header


def test_what_was_paid_goes_before_what_was_billed():
    mapping = suggest_mapping(
        reading_of(
            {
                "订单编号:id": ["1", "2"],
                "总金额:money": money("178.8", "21"),
                "买家实际支付金额:money": money("0", "21"),
                "收货地址:category": ["上海", "内蒙古自治区"],
                "订单创建时间:date": days("2020-02-21", "2020-02-20"),
                "订单付款时间:date": days(None, "2020-02-21"),
                "退款金额:money": money("0", "0"),
            }
        )
    )
    assert mapping.role == "orders"
    assert mapping.columns["amount"] == "买家实际支付金额"
    assert mapping.columns["order_date"] == "订单创建时间"
    assert mapping.customer_field is None


def test_a_file_without_any_customer_says_so():
    orders = reading_of({"日期:date": days("2020-02-21"), "金额:money": money("3")})
    with pytest.raises(DataProblem) as problem:
        ensure_usable(orders, suggest_mapping(orders))
    assert problem.value.code is Problem.NO_CUSTOMERS
    assert problem.value.facts == {"found": ["日期", "金额"]}


def test_missing_columns_are_named_with_what_was_found():
    headers = reading_of(
        {"orderID:id": ["1", "2"], "customerID:id": ["A", "A"], "orderDate:date": days("1996-07-04", "1996-07-05")}
    )
    mapping = suggest_mapping(headers)
    assert mapping.role == "orders"
    with pytest.raises(DataProblem) as problem:
        ensure_usable(headers, mapping)
    assert problem.value.code is Problem.MISSING_COLUMNS
    assert problem.value.facts == {"missing": ["amount"], "found": ["orderID", "customerID", "orderDate"]}


def test_a_header_that_is_not_in_the_file_is_missing():
    orders = retail()
    mapping = with_column(suggest_mapping(orders), orders, "order_date", "Invoice Day")
    with pytest.raises(DataProblem) as problem:
        ensure_usable(orders, mapping)
    assert problem.value.facts["missing"] == ["order_date"]


def test_one_column_cannot_be_two_required_things():
    orders = retail()
    mapping = with_column(suggest_mapping(orders), orders, "quantity", "UnitPrice")
    with pytest.raises(DataProblem) as problem:
        ensure_usable(orders, mapping)
    assert problem.value.code is Problem.COLUMN_TWICE
    assert problem.value.facts == {"header": "UnitPrice", "fields": ["quantity", "unit_price"]}


def test_a_quantity_without_a_price_leaves_the_amount_missing():
    orders = reading_of({"客户:name": ["甲"], "日期:date": days("2024-01-01"), "销量:quantity": money("51")})
    with pytest.raises(DataProblem) as problem:
        ensure_usable(orders, suggest_mapping(orders))
    assert problem.value.facts["missing"] == ["amount"]


def test_a_bare_price_is_the_unit_price_beside_a_quantity_and_the_amount_alone():
    columns = {
        "customer:name": ["a", "b"],
        "date:date": days("2024-01-01", "2024-01-02"),
        "price:money": money("2", "3"),
    }
    assert suggest_mapping(reading_of(columns)).columns["amount"] == "price"
    beside = suggest_mapping(reading_of(columns | {"qty:quantity": money("1", "4")}))
    assert beside.columns["unit_price"] == "price"
    assert "amount" not in beside.columns


def test_an_amount_must_be_a_number_and_a_date_a_date():
    mapping = suggest_mapping(
        reading_of(
            {
                "客户名称:name": ["甲", "甲"],
                "金额:text": ["面议", "待定"],
                "货款:money": money("5", "6"),
                "日期:text": ["年初", "年末"],
            }
        )
    )
    assert mapping.columns.get("annual_revenue", mapping.columns.get("amount")) != "金额"
    assert "order_date" not in mapping.columns


def test_country_is_no_city_and_a_required_date_no_order_date():
    mapping = suggest_mapping(
        reading_of(
            {
                "customerID:id": ["A", "A"],
                "requiredDate:date": days("1996-08-01", "1996-08-16"),
                "orderDate:date": days("1996-07-04", "1996-07-05"),
                "freight:money": money("32.38", "11.61"),
                "shipName:name": ["Vins", "Vins"],
                "shipCountry:category": ["France", "France"],
                "amount:money": money("440", "1863.4"),
            }
        )
    )
    assert mapping.columns["order_date"] == "orderDate"
    assert mapping.columns["amount"] == "amount"
    assert mapping.columns["country"] == "shipCountry"
    assert {"city", "customer_name"}.isdisjoint(mapping.columns)
    assert set(mapping.unmapped) == {"requiredDate", "freight", "shipName"}


def test_a_bare_id_that_never_comes_back_numbers_the_lines_not_the_customers():
    lines = {"amount:money": money("1", "2", "3"), "date:date": days("2024-01-01", "2024-01-02", "2024-01-03")}
    assert suggest_mapping(reading_of({"id:id": ["1", "2", "3"]} | lines)).customer_field is None
    assert suggest_mapping(reading_of({"id:id": ["1", "2", "1"]} | lines)).columns["customer_id"] == "id"


def test_without_header_words_the_only_name_date_and_money_columns_are_taken_with_little_confidence():
    mapping = suggest_mapping(
        reading_of(
            {
                "甲方:name": ["杭州德科泰科技有限公司", "杭州德科泰科技有限公司"],
                "何时:date": days("2024-01-01", "2024-02-01"),
                "多少钱:money": money("10", "20"),
            }
        )
    )
    assert mapping.role == "orders"
    assert mapping.columns == {"customer_name": "甲方", "order_date": "何时", "amount": "多少钱"}
    assert set(mapping.confidence.values()) == {0.4}


def test_in_a_file_without_headers_the_first_number_that_comes_back_is_the_customer():
    mapping = suggest_mapping(
        reading_of(
            {
                "column_1:id": ["00004", "00004", "00018"],
                "column_2:id": ["0001", "0001", "0002"],
                "column_3:date": days("1997-01-01", "1997-01-18", "1997-01-02"),
                "column_4:quantity": money("2", "2", "1"),
                "column_5:money": money("29.33", "29.73", "14.96"),
            }
        ),
        role="orders",
    )
    assert mapping.columns == {"customer_id": "column_1", "order_date": "column_3", "amount": "column_5"}


def test_one_row_per_customer_without_order_dates_is_a_customers_file():
    mapping = suggest_mapping(
        reading_of(
            {
                "客户编号:id": ["C1", "C2", "C3"],
                "客户名称:name": ["甲公司", "乙公司", "丙公司"],
                "所属行业:category": ["化工", "电子", "化工"],
                "省份:category": ["浙江", "江苏", "浙江"],
                "城市:category": ["杭州", "苏州", "宁波"],
                "企业规模:category": ["大", "中", "小"],
                "负责人:name": ["王芳", "李强", "王芳"],
                "客户等级:category": ["A", "B", "A"],
                "满意度评分:quantity": money("8.5", "9", "7"),
                "信用评级:category": ["AA", "A", "B"],
                "合同到期日:date": days("2025-12-31", "2026-03-31", None),
                "最近下单日期:date": days("2025-06-01", "2025-05-03", "2024-12-31"),
                "年销售额:money": money("120000", "88000", "4000"),
                "年订单数:quantity": money("12", "8", "1"),
                "备注:text": ["老客户", None, None],
            }
        )
    )
    assert mapping.role == "customers"
    assert mapping.columns == {
        "customer_id": "客户编号",
        "customer_name": "客户名称",
        "region": "省份",
        "city": "城市",
        "industry": "所属行业",
        "size": "企业规模",
        "owner": "负责人",
        "satisfaction": "满意度评分",
        "credit": "信用评级",
        "current_tier": "客户等级",
        "contract_end": "合同到期日",
        "annual_revenue": "年销售额",
        "annual_orders": "年订单数",
        "last_order": "最近下单日期",
    }
    assert mapping.unmapped == ("备注",)


def test_what_is_expected_is_no_revenue_and_the_number_of_the_parent_no_customer_number():
    mapping = suggest_mapping(
        reading_of(
            {
                "上级客户编号:id": ["G1", "G1", "G2"],
                "客户编号:id": ["C1", "C2", "C3"],
                "预计年采购额:money": money("10", "20", "30"),
                "信用额度:money": money("1", "2", "3"),
            }
        )
    )
    assert mapping.columns == {"customer_id": "客户编号", "parent_id": "上级客户编号", "wallet": "预计年采购额"}


def wholesale():
    spend = {
        name: money(*(str(start + 17 * row) for row in range(30)))
        for start, name in enumerate(("Fresh", "Milk", "Grocery"))
    }
    return reading_of(
        {
            "CustomerId:id": [str(row) for row in range(1, 31)],
            "Channel:category": ["1", "2"] * 15,
            "Region:category": ["1", "2", "3"] * 10,
            **{f"{name}:quantity": cells for name, cells in spend.items()},
        }
    )


def test_numbers_whose_headers_do_not_speak_of_money_are_never_added_up():
    mapping = suggest_mapping(wholesale())
    assert mapping.role == "customers"
    assert "annual_revenue" not in mapping.columns
    assert mapping.columns["region"] == "Region"
    assert mapping.unmapped == ("Channel", "Fresh", "Milk", "Grocery")


def test_days_counts_and_scores_are_not_added_up_as_spend():
    mapping = suggest_mapping(
        reading_of(
            {
                "客户编号:id": ["1", "2", "3"],
                "员工数:quantity": money("10", "20", "30"),
                "拜访次数:quantity": money("1", "2", "3"),
                "days_overdue:quantity": money("0", "5", "9"),
            }
        )
    )
    assert "annual_revenue" not in mapping.columns


def test_products_are_no_customers_and_prices_no_revenue():
    products = reading_of(
        {
            "productID:id": ["1", "2"],
            "productName:name": ["Chai", "Chang"],
            "unitPrice:money": money("18", "19.5"),
            "unitsInStock:quantity": money("39", "17"),
        }
    )
    with pytest.raises(DataProblem) as problem:
        ensure_usable(products, suggest_mapping(products))
    assert problem.value.code is Problem.NO_CUSTOMERS


def test_an_rfm_table_is_a_customers_file():
    mapping = suggest_mapping(
        reading_of(
            {
                "Id:id": ["1", "2", "3"],
                "R:quantity": money("27", "3", "4"),
                "F:quantity": money("6", "5", "16"),
                "M:money": money("232.61", "1507.11", "817.62"),
            }
        )
    )
    assert mapping.columns == {"customer_id": "Id", "annual_revenue": "M", "annual_orders": "F", "recency_days": "R"}


def test_a_known_role_is_not_questioned():
    assert suggest_mapping(retail(), role="customers").role == "customers"


def test_a_mapping_survives_json():
    for mapping in (suggest_mapping(retail()), suggest_mapping(wholesale())):
        assert mapping_from_json(json.loads(json.dumps(mapping_to_json(mapping)))) == mapping


@pytest.mark.parametrize("entry", [{}, {"role": "lines", "columns": {}}, {"role": "orders", "columns": {"amount": 3}}])
def test_json_that_is_no_mapping_is_refused(entry):
    with pytest.raises(ValueError, match="validation error"):
        mapping_from_json(entry)


def test_a_correction_by_hand_moves_the_pass_through_columns_and_loses_the_confidence():
    orders = retail()
    corrected = with_column(suggest_mapping(orders), orders, "product", "StockCode")
    assert corrected.columns["product"] == "StockCode"
    assert corrected.unmapped == ("Description",)
    assert "product" not in corrected.confidence
    assert with_column(corrected, orders, "product", None).unmapped == ("StockCode", "Description")


def test_the_name_identifies_the_customer_only_where_there_is_no_number():
    both = {"customer_id": "id", "customer_name": "name"}
    assert Mapping("orders", both).customer_field == "customer_id"
    assert Mapping("orders", {"customer_name": "name"}).customer_field == "customer_name"
    assert Mapping("orders", {}).customer_field is None


def test_row_order_does_not_change_the_suggestion():
    orders = retail()
    turned = reading_of(
        {f"{column.name}:{column.kind}": orders.table[column.name].to_pylist()[::-1] for column in orders.columns}
    )
    assert suggest_mapping(turned) == suggest_mapping(orders)


def test_no_header_word_stands_for_two_fields_of_one_role_in_the_same_form():
    for role in ("orders", "customers"):
        owners = {}
        for field in FIELDS.values():
            if role in field.roles:
                for word in field.words:
                    owners.setdefault((word, field.becomes == "date"), []).append(field.key)
        assert {word: keys for word, keys in owners.items() if len(keys) > 1} == {}


def test_one_wrong_character_in_four_is_another_word():
    assert word_score(FIELDS["customer_id"], "订单编号") == 0.0
    assert word_score(FIELDS["order_id"], "订单编号") > 0.95
