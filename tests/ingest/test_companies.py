import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiering.dataset import Dataset
from tiering.ingest import name_conflicts, propose_merges
from tiering.ingest.clean.companies import Proposal, company_name
from tiering.ingest.values.number_words import simplified


def customers(**names):
    return pa.table({"customer_id": list(names), "customer_name": pa.array(names.values(), pa.string())})


@pytest.mark.parametrize(
    "spellings",
    [
        [
            "杭州明联新实业股份有限公司",
            "杭州 明联新 实业 股份有限公司",
            "杭州市明联新实业有限公司",
            "杭州明聯新實業",
            "杭州明联新实业有限责任公司",
        ],
        ["深圳德达宏（集团）有限公司", "深圳德达宏(集团)有限公司", "深圳德达宏集团有限公司", "深圳德达宏集团"],
        [
            "Ernst Handel Co., Ltd.",
            "ERNST  HANDEL",
            "Ernst Handel Company Limited",
            "Ｅｒｎｓｔ Ｈａｎｄｅｌ",
            "Ernst-Handel Inc.",
        ],
        [
            "Müller & Söhne GmbH",
            "Müller and Söhne",
            "Müller & Söhne G.m.b.H.",
            "Müller & Söhne GmbH & Co. KG",
        ],
    ],
)
def test_spellings_of_one_company_are_one_company(spellings):
    assert len({company_name(name).full for name in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("杭州德科泰科技有限公司", "上海德科泰科技有限公司"),
        ("德科泰科技有限公司", "德科泰贸易有限公司"),
        ("德达宏集团有限公司", "德达宏有限公司"),
        ("第一机床厂", "第二机床厂"),
        ("Ernst Handel", "Ernst Hansel"),
    ],
)
def test_place_trade_group_and_number_tell_companies_apart(one, other):
    assert company_name(one).full != company_name(other).full


@pytest.mark.parametrize("name", ["公司", "Ltd", "有限公司", "上海", "---", "NULL", "3M", "公司 公司"])
def test_a_name_of_nothing_but_common_words_stays_a_name(name):
    assert company_name(name).core


def test_names_that_differ_in_writing_only_are_proposed_and_nothing_is_merged():
    table = customers(C2="上海盛金博贸易有限公司", C1="上海盛金博贸易 有限责任公司", C3="苏州福盛博科技有限公司")
    assert propose_merges(table) == (
        Proposal("writing", ("C1", "C2"), ("上海盛金博贸易 有限责任公司", "上海盛金博贸易有限公司")),
    )
    assert table["customer_id"].to_pylist() == ["C2", "C1", "C3"]


def test_a_name_without_its_place_is_proposed_where_only_one_place_fits():
    one = customers(C1="杭州德科泰科技有限公司", C2="德科泰科技")
    assert [(proposal.why, proposal.ids) for proposal in propose_merges(one)] == [("place", ("C1", "C2"))]
    two = customers(C1="杭州德科泰科技有限公司", C2="德科泰科技", C3="上海德科泰科技有限公司")
    assert propose_merges(two) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Blondesddsl père et fils", "Blondesdsl père et fils"),
        ("Consolidated Holdings", "Consolidatde Holdings"),
        ("Antonio Moreno Taquería", "Antonio Moreno Taqueria"),
        ("广州海天精密仪器仪表有限公司", "广州海天精密仪器义表有限公司"),
    ],
)
def test_a_slip_in_a_long_name_is_proposed(one, other):
    assert [(proposal.why, proposal.ids) for proposal in propose_merges(customers(a=one, b=other))] == [
        ("slip", ("a", "b"))
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("长江第一机床制造厂", "长江第二机床制造厂"),
        ("Warehouse Partners 12", "Warehouse Partners 13"),
        ("德新鑫", "德新金"),
        ("Lingwei Networks", "Dingwei Networks"),
        ("德新鑫机械设备", "德新金机械设备"),
        ("Acme", "Acne"),
        ("杭州远大精密机械制造有限公司", "惠州远大精密机械制造有限公司"),
        ("华东机电设备安装公司", "华西机电设备安装公司"),
    ],
)
def test_numbers_directions_places_first_letters_and_short_names_are_no_slips(one, other):
    assert propose_merges(customers(a=one, b=other)) == ()


def test_customers_without_names_give_no_proposals():
    assert propose_merges(pa.table({"customer_id": ["C1", "C2"]})) == ()
    assert propose_merges(customers(C1=None, C2=None)) == ()


def test_a_naming_pattern_shared_by_many_is_no_slip():
    shops = {f"C{number}": f"Garden Centre {chr(97 + number)}" for number in range(20)}
    assert propose_merges(customers(**shops)) == ()


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.text("上海德科泰贸易有限公司 （）AbLtd.,1", max_size=10), min_size=1, max_size=12),
    st.randoms(use_true_random=False),
)
def test_proposals_do_not_depend_on_row_order(names, chance):
    rows = [(f"C{place}", name) for place, name in enumerate(names)]
    shuffled = rows.copy()
    chance.shuffle(shuffled)
    assert propose_merges(customers(**dict(rows))) == propose_merges(customers(**dict(shuffled)))


@settings(max_examples=100, deadline=None)
@given(st.text("上海市德科泰股份有限公司集团（） &AbLtdCo.,", max_size=16))
def test_taking_a_name_apart_twice_changes_nothing_more_of_its_writing(name):
    assert company_name(name.upper()) == company_name(name.lower())
    assert company_name(f" {name} ").full.strip() == company_name(name).full.strip()


def test_traditional_characters_are_compared_in_simplified_form():
    assert simplified("臺灣積體電路製造") == "台湾积体电路制造"
    assert simplified("plain text") == "plain text"


def dataset(orders=None, attributes=None):
    return Dataset(orders, attributes, pa.table({}), (), "f")


def test_one_id_with_several_names_and_one_name_with_several_ids_are_reported():
    orders = pa.table(
        {"customer_id": ["C1", "C1", "C2", "C3", "C3"], "customer_name": ["甲公司", "甲股份", "乙公司", "丙公司", None]}
    )
    listed = customers(C1="甲公司", C4="丙公司")
    conflicts = name_conflicts(dataset(orders, listed))
    assert conflicts.several_names == {"C1": ("甲公司", "甲股份")}
    assert conflicts.several_ids == {"丙公司": ("C3", "C4")}


def test_without_names_there_are_no_conflicts():
    conflicts = name_conflicts(dataset(pa.table({"customer_id": ["C1"]})))
    assert (conflicts.several_names, conflicts.several_ids) == ({}, {})
