"""Chinese and English are the same data: same rows, figures and ids under other words."""

from __future__ import annotations

import re
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from sample_data import load_canonical, load_sample
from sample_data.loading import SECTIONS
from sample_data.tables import market, words

HAN = re.compile(r"[\u4e00-\u9fff（）]")


def is_figure(kind: pa.DataType) -> bool:
    return not pa.types.is_string(kind)


def test_both_languages_have_the_same_figures(key: str) -> None:
    for zh, en in zip(load_sample(key, "zh"), load_sample(key, "en"), strict=True):
        assert zh.schema.types == en.schema.types
        assert zh.num_rows == en.num_rows
        for position, kind in enumerate(zh.schema.types):
            if is_figure(kind):
                assert zh.column(position).equals(en.column(position))


def test_sums_are_equal_to_the_cent(key: str) -> None:
    zh, en = (load_canonical(key, language)[0] for language in ("zh", "en"))
    assert pc.sum(zh["amount"]).as_py() == pc.sum(en["amount"]).as_py()
    assert pc.sum(zh["cost"]).as_py() == pc.sum(en["cost"]).as_py()


def test_ids_are_the_same_in_both_languages(key: str) -> None:
    for zh, en in zip(load_canonical(key, "zh"), load_canonical(key, "en"), strict=True):
        for name in {"customer_id", "order_id", "parent_id", "credit", "current_tier"} & set(zh.column_names):
            assert zh[name].equals(en[name])


def test_a_word_has_one_translation(key: str) -> None:
    for zh, en in zip(load_canonical(key, "zh"), load_canonical(key, "en"), strict=True):
        for left, right in zip(zh.columns, en.columns, strict=True):
            pairs = set(zip(left.to_pylist(), right.to_pylist(), strict=True))
            assert len(pairs) == len({left for left, _ in pairs}) == len({right for _, right in pairs})


def test_english_has_no_chinese_characters(key: str) -> None:
    for table in load_sample(key, "en"):
        assert not any(HAN.search(header) for header in table.column_names)
        for column in table.columns:
            if pa.types.is_string(column.type):
                assert not any(HAN.search(value) for value in pc.unique(column).to_pylist() if value)


def test_headers_are_those_of_an_export(key: str) -> None:
    orders, customers = load_sample(key, "zh")
    assert orders.column_names == [
        "订单编号", "下单日期", "订单类型", "客户编号", "客户名称", "产品名称", "产品品类",
        "数量", "单价", "金额", "成本",
    ]  # fmt: skip
    assert customers.column_names[:3] == ["客户编号", "客户名称", "上级客户编号"]
    english = load_sample(key, "en")[0].column_names
    assert english[:5] == ["Order ID", "Order date", "Order type", "Customer ID", "Customer name"]


def test_canonical_columns_have_the_types_of_a_data_set(key: str) -> None:
    orders, customers = load_canonical(key, "en")
    kinds = {field.name: str(field.type) for field in orders.schema}
    assert kinds == {
        "customer_id": "string", "order_date": "date32[day]", "amount": "decimal128(18, 2)", "order_id": "string",
        "product": "string", "category": "string", "quantity": "double", "cost": "decimal128(18, 2)",
        "Order type": "string",
    }  # fmt: skip
    assert {str(field.type) for field in customers.schema} == {"string", "double", "date32[day]"}
    assert customers.schema.field("contract_end").type == pa.date32()


def test_orders_name_the_customer_as_the_customers_file_does(key: str) -> None:
    orders, customers = load_sample(key, "zh")
    names = dict(zip(customers["客户编号"].to_pylist(), customers["客户名称"].to_pylist(), strict=True))
    named = zip(orders["客户编号"].to_pylist(), orders["客户名称"].to_pylist(), strict=True)
    assert all(names[customer] == name for customer, name in named)


def test_a_row_one_can_read_says_the_same_twice() -> None:
    zh, en = (
        load_canonical("industrial_equipment", language)[1].slice(0, 1).to_pylist()[0] for language in ("zh", "en")
    )
    assert (zh["customer_id"], en["customer_id"]) == ("C10001", "C10001")
    assert {"华东": "East China", "华南": "South China", "华北": "North China"}.get(zh["region"], en["region"]) == en[
        "region"
    ]
    assert isinstance(zh["contract_end"], date | None)


def test_every_word_exists_in_both_languages(key: str) -> None:
    sections = [*(words()[section] for section in (*SECTIONS.values(), "headers"))]
    sections += [market(key)["categories"], market(key)["products"], {key: market(key)["set"]}]
    for section in sections:
        for entry in section.values():
            assert HAN.search(entry["zh"]) or entry["zh"].isascii()
            assert entry["en"].strip()
            assert not HAN.search(entry["en"])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_unknown_set_is_named_with_the_sets_there_are(language: str) -> None:
    with pytest.raises(KeyError, match="industrial_equipment, saas, internet_infrastructure"):
        load_canonical("furniture", language)  # type: ignore[arg-type]
