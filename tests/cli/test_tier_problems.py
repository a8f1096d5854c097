"""What can go wrong with a run is said in a sentence, and no result is half written."""

from __future__ import annotations

from pathlib import Path

import pytest

AMBIGUOUS = "order_no,customer,date,amount\n1,Alpha,01/05/2026,100.50\n2,Beta,02/05/2026,50\n3,Alpha,03/09/2026,20\n"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "tiers.csv"


def file(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "english", "chinese"),
    [
        (b"", "This file is empty.", "这个文件是空的。"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "not text", "不是文本"),
        (b"%PDF-1.7\n" + b"\x00\xff" * 99, "not a table", "不是表格"),
    ],
)
def test_a_file_that_is_no_table_is_named_in_a_sentence(run, out, tmp_path, content, english, chinese):
    odd = file(tmp_path, "odd.csv", content)
    outcome = run("tier", odd, "--out", out)
    assert outcome.status == 4
    assert outcome.said.startswith("odd.csv: ")
    assert english in outcome.said
    assert chinese in run("tier", odd, "--out", out, "--lang", "zh").said
    assert "Traceback" not in outcome.said
    assert not out.exists()


def test_orders_without_a_customer_column_say_what_is_missing(run, out, tmp_path):
    outcome = run("tier", file(tmp_path, "a.csv", b"date,amount\n2026-01-01,5\n2026-01-02,6\n"), "--out", out)
    assert outcome.status == 4
    assert "customer" in outcome.said.lower()


@pytest.mark.parametrize(
    "rows", ["name,colour\na,b\nc,d\n", "order_no,customer,date\n1,a,2026-01-01\n2,b,2026-01-02\n"]
)
def test_a_file_without_amounts_is_said(run, out, tmp_path, rows):
    outcome = run("tier", file(tmp_path, "a.csv", rows.encode()), "--out", out)
    assert outcome.status == 4
    assert len(outcome.said.splitlines()) == 1


def test_an_open_question_is_asked_with_its_answers(run, out, tmp_path):
    outcome = run("tier", file(tmp_path, "a.csv", AMBIGUOUS.encode()), "--out", out)
    assert outcome.status == 3
    assert "Is it the day or the month that comes first?" in outcome.said
    assert """--answers '{"date_order": "dmy"}'  → 01/05/2026 = 2026-05-01""" in outcome.said
    assert not out.exists()


def test_an_answer_settles_the_question(run, out, tmp_path):
    ambiguous = file(tmp_path, "a.csv", AMBIGUOUS.encode())
    day_first = run("tier", ambiguous, "--out", out, "--answers", '{"date_order": "dmy"}')
    month_first = run("tier", ambiguous, "--out", out, "--answers", '{"date_order": "mdy"}')
    assert (day_first.status, month_first.status) == (0, 0)
    assert "as of 3 Sept 2026" in day_first.said
    assert "as of 9 Mar 2026" in month_first.said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "This is not a scenario file."),
        ('{"version": 99}', "99"),
        ('{"tiers": ["A"]}', "tiers"),
        ('{"weights": {"annual_revenue": -1}}', "weights.annual_revenue"),
        ('{"resources": {"hours_per_person": 1e308}}', "resources.hours_per_person"),
        ('{"log": [{"day": "2026-13-01", "verdict": "accepted", "subject": "x"}]}', "log.0.day"),
    ],
)
def test_a_scenario_that_cannot_be_used_is_said(run, orders, out, tmp_path, text, said):
    scenario = file(tmp_path, "scenario.json", text.encode())
    outcome = run("tier", orders, "--out", out, "--scenario", scenario)
    assert outcome.status == 4
    assert said in outcome.said


def test_a_scenario_that_is_no_text_is_said(run, orders, out, tmp_path):
    scenario = file(tmp_path, "scenario.json", b"\xff\xfe\x00\x81")
    assert run("tier", orders, "--out", out, "--scenario", scenario).status == 4


def test_all_weights_zero_is_said(run, orders, out, tmp_path):
    scenario = file(tmp_path, "s.json", b'{"weights": {"annual_revenue": 0}}')
    assert run("tier", orders, "--out", out, "--scenario", scenario).status == 4


def test_a_day_before_the_first_order_is_said(run, orders, out):
    outcome = run("tier", orders, "--out", out, "--as-of", "2001-01-01")
    assert outcome.status == 4
    assert "5 Jan 2026" in outcome.said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["missing.csv", "--out", "{folder}/x.csv"], "There is no file missing.csv."),
        (["{orders}", "--out", "{folder}/nowhere/x.csv"], "There is no folder {folder}/nowhere to write to."),
        (["{orders}", "--out", "{orders}"], "The result would replace {orders}"),
        (["{orders}", "--out", "{folder}/x.csv", "--as-of", "soon"], "“soon” is not a date."),
        (["{orders}", "--out", "{folder}/x.csv", "--answers", "dmy"], "“dmy” is not a usable answer."),
        (["{orders}", "--out", "{folder}/x.csv", "--answers", "[1]"], "“[1]” is not a usable answer."),
        (["{orders}", "--out", "{folder}/x.csv", "--scenario", "none.json"], "There is no file none.json."),
        (["{orders}"], "--out"),
        (["{orders}", "--out", "{folder}/x.csv", "--nonsense"], "--nonsense"),
    ],
)
def test_a_request_that_cannot_be_carried_out_is_said_before_anything_is_read(run, orders, tmp_path, arguments, said):
    facts = {"orders": str(orders), "folder": str(tmp_path)}
    outcome = run("tier", *(argument.format(**facts) for argument in arguments))
    assert outcome.status == 2
    assert said.format(**facts) in outcome.said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["orders.csv"]


def test_a_result_of_an_earlier_run_stays_when_a_run_fails(run, orders, out, tmp_path):
    run("tier", orders, "--out", out)
    before = out.read_bytes()
    assert run("tier", file(tmp_path, "empty.csv", b""), "--out", out).status == 4
    assert out.read_bytes() == before


def test_a_folder_cannot_be_the_result(run, orders, tmp_path):
    (tmp_path / "folder.csv").mkdir()
    outcome = run("tier", orders, "--out", tmp_path / "folder.csv")
    assert outcome.status == 2
    assert "is a folder" in outcome.said
