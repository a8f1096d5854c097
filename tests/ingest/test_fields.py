"""Each header word leads to its own field, whatever else a file may hold."""

import pytest
from readings import days, money, reading_of

from tiering.ingest import FIELDS, fields_of, suggest_mapping
from tiering.ingest.meaning.fields import NUMERIC, normalised_header
from tiering.ingest.meaning.header_match import ACCEPTED, word_score

CELLS = {"date": days("2024-01-05", "2024-02-06"), "number": money("12.5", "7"), "rate": money("0.1", "0.2")}


def column_of(field, header):
    """A column with the header and with values that suit the field."""
    if field.becomes == "date":
        return {f"{header}:date": CELLS["date"]}
    if field.becomes in NUMERIC:
        return {f"{header}:{field.kinds[0]}": CELLS["rate" if field.becomes == "share" else "number"]}
    return {f"{header}:{field.kinds[0]}": ["甲", "甲"]}


@pytest.mark.parametrize("role", ["orders", "customers"])
@pytest.mark.parametrize("key", FIELDS)
def test_every_word_of_a_field_leads_to_it(role, key):
    field = FIELDS[key]
    if role not in field.roles:
        return
    for word in field.words:
        mapping = suggest_mapping(reading_of(column_of(field, word)), role)
        assert mapping.columns == {key: word}
        assert mapping.confidence[key] >= 0.9


@pytest.mark.parametrize("role", ["orders", "customers"])
def test_a_file_with_a_column_for_every_field_is_mapped_completely(role):
    columns = {}
    for field in fields_of(role):
        columns |= column_of(field, field.words[0])
    mapping = suggest_mapping(reading_of(columns), role)
    assert mapping.columns == {field.key: field.words[0] for field in fields_of(role)}
    assert mapping.unmapped == ()


@pytest.mark.parametrize("role", ["orders", "customers"])
def test_the_order_of_columns_does_not_matter(role):
    columns = {}
    for field in reversed(fields_of(role)):
        columns |= column_of(field, field.words[-1])
    assert suggest_mapping(reading_of(columns), role).unmapped == ()


@pytest.mark.parametrize(
    ("header", "bare"),
    [
        ("Customer_ID", "customerid"),
        ("客户 ID", "客户id"),
        ("金额（万元）", "金额"),
        ("訂單金額", "订单金额"),
        ("帳號", "账号"),
        ("（备注）", "备注"),
        ("ＡＢＣ", "abc"),
        ("省/自治区", "省自治区"),
        ("Amount [USD]", "amount"),
        ("销售额（不含税）", "不含税销售额"),
        ("销售额（含税，元）", "含税销售额"),
        ("Sales (excl. VAT)", "netsales"),
        ("Amount (incl. tax)", "grossamount"),
        ("¥", ""),
    ],
)
def test_headers_are_compared_without_case_spaces_width_and_remarks(header, bare):
    assert normalised_header(header) == bare


def test_the_amount_without_tax_goes_before_the_amount_with_tax():
    orders = reading_of(
        {
            "客户:name": ["甲", "乙"],
            "日期:date": CELLS["date"],
            "销售额（含税）:money": money("113", "226"),
            "销售额（不含税）:money": money("100", "200"),
        }
    )
    assert suggest_mapping(orders).columns["amount"] == "销售额（不含税）"


@pytest.mark.parametrize(
    ("key", "header"),
    [
        ("amount", "退款金额"),
        ("amount", "折扣金额"),
        ("amount", "Shipping Amount"),
        ("amount", "Unit Sales"),
        ("amount", "信用额度"),
        ("order_date", "最近下单日期"),
        ("order_date", "要求交货日期"),
        ("order_date", "Birth Date"),
        ("customer_id", "上级客户编号"),
        ("customer_id", "客户类型"),
        ("customer_name", "联系人姓名"),
        ("customer_name", "Contact Name"),
        ("customer_name", "产品名称"),
        ("unit_price", "成本单价"),
        ("cost", "单位成本"),
        ("profit", "利润率"),
        ("annual_revenue", "预计年采购额"),
        ("annual_revenue", "上年销售额"),
        ("credit", "信用额度"),
        ("current_tier", "信用等级"),
        ("category", "产品子类别"),
    ],
)
def test_words_that_only_look_alike_are_not_taken(key, header):
    assert word_score(FIELDS[key], normalised_header(header)) < ACCEPTED


@pytest.mark.parametrize(
    ("key", "header"),
    [
        ("amount", "本次订单销售金额"),
        ("amount", "Total Order Amount"),
        ("order_date", "合同签订日期"),
        ("customer_name", "最终客户名称"),
        ("customer_id", "SAP客户编号"),
        ("order_id", "原始订单编号"),
        ("quantity", "实际销售数量"),
        ("industry", "客户所属行业"),
        ("owner", "Regional Account Manager"),
        ("customer_name", "Custmer Name"),
        ("order_date", "Order_Dat"),
        ("satisfaction", "Custommer Satisfaction"),
    ],
)
def test_longer_headers_and_slips_are_still_recognised(key, header):
    assert word_score(FIELDS[key], normalised_header(header)) >= ACCEPTED


def test_every_field_says_what_becomes_of_it_and_has_words_in_both_languages():
    for field in FIELDS.values():
        assert field.roles
        assert any(word.isascii() for word in field.words)
        assert any(not word.isascii() for word in field.words)
        assert len(field.kinds) == len(set(field.kinds))
