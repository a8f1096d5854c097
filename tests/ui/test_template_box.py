"""The validator's answer on the data page: what to correct, line by line, or that all is well."""

from __future__ import annotations

from dataclasses import replace

from tests.report.test_template import GOOD, filled
from tiering.ingest import build_dataset, read_bytes, suggest_mapping
from tiering.report.template import without_example
from tiering.ui.base.source import Source


def opened(run_page, rows):  # type: ignore[no-untyped-def]
    reading = without_example(read_bytes(filled("orders", "zh", rows), "模板.xlsx"))
    source = Source("模板.xlsx", "a" * 64, reading, suggest_mapping(reading))
    dataset = build_dataset([(reading, source.mapping, source.sha256, source.name)])
    shown = run_page("data", "zh", replace(dataset), sources=(source,))
    assert not shown.exception
    return shown


def said(elements) -> str:  # type: ignore[no-untyped-def]
    return "\n".join(one.value for one in elements).replace("\\", "")


def test_a_template_without_faults_is_praised(run_page) -> None:  # type: ignore[no-untyped-def]
    shown = opened(run_page, [GOOD, [*GOOD[:1], "K2", *GOOD[2:]]])
    assert "检查过 2 行，全部可用" in said(shown.success)


def test_faults_are_listed_and_columns_left_empty_are_named(run_page) -> None:  # type: ignore[no-untyped-def]
    rows = [[f"S{k}", f"K{k}", None, *GOOD[3:]] for k in range(1, 12)]
    rows[2][3] = "下周"
    shown = opened(run_page, rows)
    assert "10 行可用，1 处需要改正" in said(shown.warning)
    assert "第 5 行“下单日期”写着“下周”" in said(shown.markdown)
    assert "没有填的列：客户名称" in said(shown.caption)
