"""A template can be filled and comes back understood; what is wrong in it is said by line and column."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import openpyxl
import pytest

from tiering.dataset import Dataset, Role
from tiering.ingest import build_dataset, read_bytes, suggest_mapping
from tiering.ingest.reading import Reading
from tiering.report.template import COLUMNS, Template, findings, template_of, template_workbook, without_example
from tiering.words import LANGUAGES, Language, Words

ROLES: tuple[Role, ...] = ("orders", "customers")
GOOD = ["S1", "K1", "甲", date(2025, 1, 10), 100.5, 1, 50, "泵", "泵类", "张伟"]


def filled(role: Role, language: Language, rows: Sequence[Sequence[Any]]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(template_workbook(role, Words(language))))
    for row in rows:
        book.worksheets[0].append(list(row))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def read(role: Role, language: Language, rows: Sequence[Sequence[Any]]) -> Reading:
    return without_example(read_bytes(filled(role, language, rows), "模板.xlsx"))


def opened(reading: Reading) -> Dataset:
    return build_dataset([(reading, suggest_mapping(reading), "a" * 64, "模板.xlsx")])


def sentences(reading: Reading, language: Language = "zh") -> list[str]:
    found = findings(opened(reading), "模板.xlsx", Template("orders", language))
    return [one.sentence(Words(language)) for one in found]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_of_a_template_is_understood_when_it_comes_back(role: Role, language: Language) -> None:
    reading = read_bytes(template_workbook(role, Words(language)), "模板.xlsx")
    assert reading.outcome in ("loads", "asks")
    assert not reading.open_questions
    mapping = suggest_mapping(reading)
    assert mapping.role == role
    assert {key: mapping.headers(key) for key in COLUMNS[role]} == {
        key: (Words(language)(f"field.{key}.label"),) for key in COLUMNS[role]
    }


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_is_known_by_its_headers_in_either_language(role: Role, language: Language) -> None:
    headers = tuple(Template(role, language).header(key) for key in COLUMNS[role])
    assert template_of(headers) == Template(role, language)
    assert template_of(headers[:-1]) == Template(role, language)
    assert template_of(headers[:3]) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_row_is_set_aside_and_never_counted(language: Language) -> None:
    dataset = opened(read("orders", language, [GOOD]))
    assert dataset.orders is not None
    assert dataset.orders["customer_id"].to_pylist() == ["K1"]
    assert dataset.set_aside["reason"].to_pylist() == ["example"]


def test_a_file_that_is_no_template_keeps_every_row() -> None:
    reading = read_bytes("客户编号,订单日期,金额\n示例客户,2025-01-01,5\n".encode(), "a.csv")
    assert without_example(reading) is reading


def test_a_template_filled_well_has_no_findings() -> None:
    rows = [[f"S{k}", f"K{k}", "甲", date(2025, 1, k), 10.0 * k, k, 5 * k, "泵", "泵类", "李娜"] for k in range(1, 9)]
    assert sentences(read("orders", "zh", rows)) == []


@pytest.fixture(scope="module")
def with_faults() -> Reading:
    rows: list[list[Any]] = [
        [f"S{k}", f"K{k}", "甲", date(2025, 1, k), 10.0 * k, k, 5 * k, "泵", "泵类", "李娜"] for k in range(1, 19)
    ]
    rows[1][3] = "待定"  # line 4
    rows[4][4] = "面议"  # line 7
    rows[6][1] = None  # line 9
    rows[9][4] = None  # line 12
    return read("orders", "zh", rows)


def test_each_finding_names_line_column_value_and_what_belongs_there(with_faults: Reading) -> None:
    assert sentences(with_faults) == [
        "第 4 行“下单日期”写着“待定”：请填日期，如 2025-03-15。",
        "第 7 行“金额”写着“面议”：请填数字，如 12800。",
        "第 9 行没有“客户编号”：不知道是哪家客户。",
        "第 12 行“金额”是空的：请填数字，没有就填 0。",
    ]


def test_the_same_template_has_the_same_bytes() -> None:
    first, second = (hashlib.sha256(template_workbook("orders", Words("en"))).digest() for _ in range(2))
    assert first == second


@pytest.mark.parametrize("role", ROLES)
def test_required_columns_and_the_notes_say_so(role: Role) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_workbook(role, Words("zh"))))
    notes = [str(row[0].value) for row in book.worksheets[1].iter_rows(min_row=3)]
    required = [note.split("（必填）")[0] for note in notes if "（必填）" in note]
    assert required == (["客户编号", "下单日期", "金额"] if role == "orders" else ["客户编号"])
    assert len(notes) == len(COLUMNS[role])
