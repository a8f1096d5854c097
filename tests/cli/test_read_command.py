"""``read``: a file as the app reads it, with its table and report written to files."""

from __future__ import annotations

import json

import pytest


def test_table_and_report_are_written(run, orders, tmp_path):
    table, report = tmp_path / "table.csv", tmp_path / "report.json"
    assert run("read", orders, "--out", table, "--report", report).status == 0
    assert table.read_text(encoding="utf-8").splitlines()[1].startswith('"1","K10"')
    assert json.loads(report.read_text(encoding="utf-8"))["outcome"] == "loads"


def test_a_file_that_cannot_be_read_ends_with_its_own_status(run, tmp_path):
    (tmp_path / "empty.csv").write_bytes(b"")
    outcome = run("read", tmp_path / "empty.csv", "--out", tmp_path / "t.csv", "--report", tmp_path / "r.json")
    assert outcome.status == 4
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["error_code"] == "empty"


@pytest.mark.parametrize(
    ("file", "answers", "said"),
    [("missing.csv", "{}", "There is no file"), ("orders.csv", "dmy", "“dmy” is not a usable answer.")],
)
def test_a_request_that_cannot_be_carried_out_is_said(run, orders, tmp_path, file, answers, said):
    paths = ("--out", tmp_path / "t.csv", "--report", tmp_path / "r.json")
    outcome = run("read", tmp_path / file, *paths, "--answers", answers)
    assert outcome.status == 2
    assert said in outcome.said
    assert not (tmp_path / "r.json").exists()
