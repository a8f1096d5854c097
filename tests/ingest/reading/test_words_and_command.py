"""Every code a reading can give has its words, and the command shows the same outside the app."""

from __future__ import annotations

import csv
import json
import string

import pytest

from tests.ingest.reading.small_files import orders, workbook
from tiering.cli.read import read_command
from tiering.problems import Problem
from tiering.words.catalogue import LANGUAGES, Words, catalogue

FACTS = {
    **{key: {"name"} for key in ("empty", "no_rows", "not_text", "damaged", "password", "old_xls", "html_not_excel")},
    **{key: {"name"} for key in ("xml_entities", "not_a_table", "cancelled")},
    "wrong_type": {"name", "kind"},
    "no_amount": {"name", "column", "examples"},
    "formula_without_value": {"name", "cells", "column", "cell"},
    "too_big": {"name", "mebibytes", "limit"},
    "too_big_unpacked": {"name", "mebibytes", "limit", "ratio"},
    "too_many_cells": {"name", "cells", "limit"},
    "too_many_columns": {"name", "columns", "limit"},
    "too_many_rows": {"name", "rows", "limit"},
    "too_slow": {"name", "seconds"},
    "disk_full": {"name", "limit"},
    "no_memory": {"name", "limit"},
    "reader_ended": {"name"},
    "machine_busy": {"name", "seconds"},
    "no_access": {"name", "limit"},
    "no_scratch": {"name"},
    "missing_columns": {"missing", "found"},
    "column_twice": {"header", "fields"},
    "no_usable_rows": {"set_aside"},
    "no_customers": {"found"},
    "scenario_invalid": {"where"},
    "scenario_newer": {"version", "known"},
    "weights_all_zero": {"available"},
    "weights_unknown": {"found", "available"},
    "link_broken": set(),
    "no_indicators": {"found"},
    "as_of_before_data": {"as_of", "first"},
}
EXCLUDED = ("title", "blank", "repeated_header", "total", "footer", "other_table")
ASKS = ("columns", "header", "date_order", "decimal", "sheet", "fill_down", "encoding")


@pytest.mark.parametrize("problem", list(Problem))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_has_its_three_parts(problem, language):
    for part in ("wrong", "expected", "todo"):
        assert catalogue()[f"problem.{problem}.{part}"][language].strip()


@pytest.mark.parametrize("code", FACTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_needs_only_the_facts_its_problem_has(code, language):
    for part in ("wrong", "expected", "todo"):
        template = catalogue()[f"problem.{code}.{part}"][language]
        assert {name for _, name, _, _ in string.Formatter().parse(template) if name} <= FACTS[code]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_exclusion_and_question_has_words(language):
    words = Words(language)
    assert all(words(f"excluded.{reason}") for reason in EXCLUDED)
    assert all(words(f"question.{code}.title") for code in ASKS if code not in {"decimal", "fill_down"})


def run(tmp_path, content, answers="{}"):
    source, out, report = (tmp_path / name for name in ("source", "table.csv", "report.json"))
    source.write_bytes(content)
    status = read_command([source], (out, report), Words("en"), answers)
    rows = list(csv.DictReader(out.open(encoding="utf-8", newline=""))) if out.exists() else []
    return status, json.loads(report.read_text(encoding="utf-8")), rows


def test_a_file_that_loads_ends_with_zero_and_a_plain_table(tmp_path):
    text = orders(";", amounts=("54.934,08", "20.985,40", "33,00", "1,5", "-2,25", "0,00"))
    status, report, rows = run(tmp_path, text.encode())
    assert (status, report["outcome"], report["message"]) == (0, "loads", None)
    assert [row["订单金额"] for row in rows] == ["54934.08", "20985.4", "33", "1.5", "-2.25", "0"]
    assert rows[0]["下单日期"] == "2024-10-02"


def test_an_open_question_ends_with_three_and_its_answer_with_zero(tmp_path):
    book = workbook(("1月", [("客户", "金额"), ("甲", 1.5)]), ("2月", [("客户", "金额"), ("乙", 2.5)]))
    status, report, _ = run(tmp_path, book)
    assert (status, report["asks"]) == (3, ["sheet"])
    status, report, rows = run(tmp_path, book, '{"sheet": "*"}')
    assert (status, [row["客户"] for row in rows]) == (0, ["甲", "乙"])


def test_a_problem_ends_with_four_and_a_sentence_in_both_languages(tmp_path):
    status, report, rows = run(tmp_path, b"%PDF-1.7")
    assert (status, report["error_code"], rows) == (4, "wrong_type", [])
    assert "PDF" in report["message"]["zh"]
    assert "Parquet" in report["message"]["en"]


def test_names_that_look_like_formulas_stay_as_they_are_for_programs(tmp_path):
    names = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1,1)", "'quoted", '"x"')
    _, _, rows = run(tmp_path, orders(";", names=tuple(name.replace('"', "'") for name in names)).encode())
    assert rows[0]["客户名称"] == names[0]
