import hashlib
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readings import days, money, reading_of

from tiering.dataset import Unmatched
from tiering.ingest import Mapping, build_dataset, suggest_mapping, with_column
from tiering.problems import DataProblem, Problem


def source(name, columns, role=None, **reading):
    read = reading_of(columns, **reading)
    return read, suggest_mapping(read, role), hashlib.sha256(name.encode()).hexdigest(), name


def january():
    return source(
        "january.csv",
        {
            "客户编号:id": ["C1", "C2", "C1", None],
            "客户名称:name": ["甲公司", "乙公司", "甲公司", "丙"],
            "地区:category": ["华东", "华北", "华东", "华南"],
            "下单日期:date": days("2024-01-05", "2024-01-06", "2024-01-20", "2024-01-21"),
            "金额:money": money("100.5", "20", "3", "9"),
        },
        units={"金额": "元"},
    )


def february():
    return source(
        "february.csv",
        {
            "客户编号:id": ["C1", "C3"],
            "下单日期:date": days("2024-02-05", "2024-02-06"),
            "金额:money": money("1.125", "7"),
            "渠道:category": ["线上", "线下"],
        },
        units={"金额": "¥"},
    )


def listed():
    return source(
        "customers.csv",
        {
            "客户编号:id": ["C1", "C2", "C9"],
            "客户名称:name": ["甲股份有限公司", None, "壬公司"],
            "行业:category": ["化工", "电子", "化工"],
        },
    )


def test_months_are_put_one_under_the_other_with_all_their_columns():
    orders = build_dataset([january(), february()]).orders
    assert orders["customer_id"].to_pylist() == ["C1", "C2", "C1", "C1", "C3"]
    assert orders["渠道"].to_pylist() == [None, None, None, "线上", "线下"]
    assert orders.schema.field("amount").type == pa.decimal128(18, 3)
    assert pc.sum(orders["amount"]).as_py() == Decimal("131.625")


def test_a_column_that_is_text_in_one_month_and_a_number_in_the_other_is_text():
    sizes = {"客户编号:id": ["C1"], "下单日期:date": days("2024-02-05"), "金额:money": money("1")}
    number = source("a", sizes | {"员工人数:quantity": money("120")})
    text = source("b", sizes | {"员工人数:category": ["大型"]})
    assert build_dataset([number, text]).orders["size"].to_pylist() == ["120", "大型"]


def test_each_file_is_accounted_for_and_its_rows_set_aside_are_together():
    dataset = build_dataset([january(), february(), listed()])
    assert [(facts.name, facts.role, facts.used) for facts in dataset.sources] == [
        ("january.csv", "orders", 3),
        ("february.csv", "orders", 2),
        ("customers.csv", "customers", 3),
    ]
    assert dataset.set_aside.select(["source", "line", "reason"]).to_pylist() == [
        {"source": "january.csv", "line": 5, "reason": "no_customer"}
    ]


def test_what_the_orders_say_about_customers_fills_what_the_customers_file_leaves_open():
    assert build_dataset([january(), listed()]).customers.to_pylist() == [
        {"customer_id": "C1", "customer_name": "甲股份有限公司", "industry": "化工", "region": "华东"},
        {"customer_id": "C2", "customer_name": "乙公司", "industry": "电子", "region": "华北"},
        {"customer_id": "C9", "customer_name": "壬公司", "industry": "化工", "region": None},
    ]


def test_customers_on_one_side_only_are_named():
    assert build_dataset([january(), february(), listed()]).unmatched == Unmatched(("C3",), ("C9",))
    assert build_dataset([january()]).unmatched is None
    assert build_dataset([listed()]).unmatched is None


def test_a_customers_file_alone_makes_a_dataset_without_orders():
    dataset = build_dataset([listed()])
    assert dataset.orders is None
    assert dataset.last_order_date is None
    assert dataset.customers["customer_id"].to_pylist() == ["C1", "C2", "C9"]


def test_orders_that_say_nothing_about_customers_give_no_customers_table():
    assert build_dataset([source("o", plain_orders(["C1", "C2"]))]).customers is None


def plain_orders(customers, **columns):
    count = len(customers)
    lines = {
        "客户编号:id": customers,
        "下单日期:date": days(*["2024-01-05"] * count),
        "金额:money": money(*["1"] * count),
    }
    return lines | {key.replace("__", ":"): cells for key, cells in columns.items()}


def attributes_of(lines):
    return {row["customer_id"]: row for row in build_dataset([source("o", lines)]).customers.to_pylist()}


def test_an_attribute_that_changes_takes_its_most_frequent_value():
    rows = attributes_of(plain_orders(["C1", "C1", "C1", "C2"], 城市__category=["宁波", "杭州", "杭州", None]))
    assert {key: row["city"] for key, row in rows.items()} == {"C1": "杭州", "C2": None}


def test_among_equally_frequent_values_the_first_by_code_point_is_taken():
    for cities in (["宁波", "杭州"], ["杭州", "宁波"]):
        assert attributes_of(plain_orders(["C1", "C1"], 城市__category=cities))["C1"]["city"] == min(cities)


def test_an_own_column_comes_along_where_it_says_one_thing_per_customer():
    rows = attributes_of(
        plain_orders(
            ["C1", "C1", "C2", "C2", "C3"],
            城市__category=["杭州"] * 5,
            渠道__category=["直销", None, "经销", "经销", None],
            备注__text=["急", "缓", "急", "急", "急"],
            币种__category=["元"] * 5,
        )
    )
    assert {key: row["渠道"] for key, row in rows.items()} == {"C1": "直销", "C2": "经销", "C3": None}
    assert set(rows["C1"]) == {"customer_id", "city", "渠道"}


def test_with_one_line_per_customer_nothing_shows_what_belongs_to_the_customer():
    rows = attributes_of(plain_orders(["C1", "C2", "C3"], 城市__category=["杭州"] * 3, 备注__text=["急", "缓", "否"]))
    assert set(rows["C1"]) == {"customer_id", "city"}


def test_customers_known_by_name_carry_it_as_their_name():
    lines = {
        "客户名称:name": ["乙", "甲", "乙"],
        "日期:date": days(*["2024-01-05"] * 3),
        "金额:money": money("1", "2", "3"),
    }
    assert build_dataset([source("o", lines)]).customers.to_pylist() == [
        {"customer_id": "乙", "customer_name": "乙"},
        {"customer_id": "甲", "customer_name": "甲"},
    ]


def test_two_customers_files_complete_each_other():
    credit = source(
        "credit.csv", {"客户编号:id": ["C2", "C4"], "信用等级:category": ["A", "B"], "行业:category": [None, "医药"]}
    )
    rows = {row["customer_id"]: row for row in build_dataset([listed(), credit]).customers.to_pylist()}
    assert rows["C2"] == {"customer_id": "C2", "customer_name": None, "industry": "电子", "credit": "A"}
    assert rows["C4"] == {"customer_id": "C4", "customer_name": None, "industry": "医药", "credit": "B"}


def test_the_fingerprint_knows_bytes_and_mapping_but_not_the_order_of_files():
    first, second = january(), february()
    same = build_dataset([second, first]).fingerprint
    assert build_dataset([first, second]).fingerprint == same
    other_bytes = (*first[:2], "0" * 64, first[3])
    assert build_dataset([other_bytes, second]).fingerprint != same
    other_mapping = (first[0], with_column(first[1], first[0], "region", None), *first[2:])
    assert build_dataset([other_mapping, second]).fingerprint != same
    renamed = (*first[:3], "other name.csv")
    assert build_dataset([renamed, second]).fingerprint == same


def test_the_currency_is_told_where_all_money_columns_agree():
    assert build_dataset([january(), february()]).currency == "¥"
    foreign = source("us.csv", plain_orders(["C1"]), units={"金额": "USD"})
    assert build_dataset([january(), foreign]).currency == ""
    assert build_dataset([foreign]).currency == "$"


def test_first_and_last_day_come_from_all_files():
    dataset = build_dataset([february(), january()])
    assert (dataset.first_order_date, dataset.last_order_date) == (date(2024, 1, 5), date(2024, 2, 6))


def test_a_file_that_cannot_be_used_says_so():
    nobody = source("o", {"日期:date": days("2024-01-05"), "金额:money": money("1")})
    with pytest.raises(DataProblem) as problem:
        build_dataset([january(), nobody])
    assert problem.value.code is Problem.NO_CUSTOMERS


lines = st.lists(
    st.tuples(
        st.sampled_from(["C1", "C2", "C3"]), st.sampled_from(["杭州", "宁波", None]), st.sampled_from(["x", "y", None])
    ),
    min_size=1,
    max_size=20,
)


@settings(max_examples=60, deadline=None)
@given(lines, st.randoms(use_true_random=False))
def test_customer_attributes_do_not_depend_on_row_order(rows, chance):
    shuffled = rows.copy()
    chance.shuffle(shuffled)
    assert _attributes(rows) == _attributes(shuffled)


def _attributes(rows):
    ids, cities, channels = ([row[place] for row in rows] for place in range(3))
    table = reading_of(plain_orders(ids, 城市__category=cities, 渠道__category=channels))
    mapping = Mapping(
        "orders",
        {"customer_id": "客户编号", "order_date": "下单日期", "amount": "金额", "city": "城市"},
        unmapped=("渠道",),
    )
    return build_dataset([(table, mapping, "0", "o")]).customers.to_pylist()
