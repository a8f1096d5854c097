"""``report``: a paper of each kind in either language, with the figures of ``tier``."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import openpyxl
import pytest
from pptx import Presentation

from tests.cli.conftest import Run
from tests.scenario_texts import scenario_to_json
from tiering.scenario import Cuts, Scenario

LINES = """order_no,customer_no,date,amount
1,east,2025-12-31,4000.00
2,north,2025-12-01,3000.00
3,south,2025-11-01,2000.00
4,west,2025-10-02,1000.00
"""


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    path = tmp_path / "orders.csv"
    path.write_text(LINES, encoding="utf-8")
    return path


def reported(run: Run, orders: Path, kind: str, *more: object) -> bytes:
    out = orders.with_name(f"out.{kind}")
    answer = run("report", orders, "--kind", kind, "--out", out, *more)
    assert answer.status == 0, answer.said
    return out.read_bytes()


def test_each_kind_opens_in_another_reader_and_says_its_language(run: Run, orders: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(reported(run, orders, "xlsx", "--lang", "zh")))
    slides = Presentation(io.BytesIO(reported(run, orders, "pptx", "--lang", "zh"))).slides
    paper = docx.Document(io.BytesIO(reported(run, orders, "docx", "--lang", "zh")))
    page = reported(run, orders, "html", "--lang", "zh").decode()
    assert book.sheetnames[0] == "分级汇总"
    assert len(slides) >= 10
    assert paper.paragraphs[0].text == "客户分级管理制度"
    assert '<html lang="zh-CN">' in page


def test_the_page_counts_all_customers(run: Run, orders: Path) -> None:
    assert "4 customers" in reported(run, orders, "html", "--lang", "en").decode()


def test_an_unknown_kind_is_refused_before_anything_is_read(run: Run, orders: Path) -> None:
    answer = run("report", orders, "--kind", "pdf", "--out", orders.with_name("out.pdf"))
    assert answer.status == 2
    assert "pdf" in answer.said


def test_a_missing_file_is_a_sentence(run: Run, orders: Path) -> None:
    answer = run("report", orders.with_name("none.csv"), "--kind", "html", "--out", orders.with_name("o.html"))
    assert answer.status == 2
    assert "none.csv" in answer.said


def scheme_file(orders: Path, name: str, *lines: float, tiers: tuple[str, ...] = ("A", "B")) -> Path:
    path = orders.with_name(f"{name}.json")
    scheme = Scenario(name=name, tiers=tiers, weights={"recency_days": 1}, cuts=Cuts(lines=lines))
    path.write_text(scenario_to_json(scheme), encoding="utf-8")
    return path


def test_a_baseline_fills_the_movement_of_every_paper(run: Run, orders: Path) -> None:
    now, before = scheme_file(orders, "now", 60.0), scheme_file(orders, "before", 20.0)
    compared = ("--scenario", now, "--baseline", before, "--lang", "en")
    header, *movers = openpyxl.load_workbook(io.BytesIO(reported(run, orders, "xlsx", *compared)))["Movement"].values
    moved = [dict(zip(header, row, strict=True)) for row in movers]
    assert [(row["Customer number"], row["Baseline tier"], row["Tier now"]) for row in moved] == [("south", "A", "B")]
    assert "0 up, 1 down" in reported(run, orders, "html", *compared).decode()


def test_a_baseline_with_other_tiers_is_told_and_left_out(run: Run, orders: Path) -> None:
    now, before = scheme_file(orders, "now", 60.0), scheme_file(orders, "before", 60.0, 20.0, tiers=("S", "A", "B"))
    out = orders.with_name("o.html")
    answer = run("report", orders, "--kind", "html", "--out", out, "--scenario", now, "--baseline", before)
    assert answer.status == 0
    assert "S / A / B" in answer.said
