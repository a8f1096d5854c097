"""What was decided about a file is said in plain sentences."""

from __future__ import annotations

import pytest

from tiering.ui.pages.data.data_facts import read_facts
from tiering.words import Words

REPORT = {
    "encoding": "gb18030",
    "dialect": {"delimiter": "\t"},
    "header_row": 3,
    "excluded": {"title": 2, "blank": 0, "total": 1},
    "repaired": [{"line": 7, "what": "joined"}],
    "notes": [{"code": "header_unit", "column": "金额", "unit": "万元", "factor": 10000}],
}


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "en",
            [
                "Encoding gb18030, separated by tabs",
                "Line 3 is the header",
                "Left out: Titles above the header (2), Totals and subtotals (1)",
                "1 line repaired: 7",
                "“金额” is given in 万元; its values were multiplied by 10,000.",
            ],
        ),
        (
            "zh",
            [
                "编码 gb18030，以制表符分隔",
                "第 3 行是表头",
                "不计入：表头上方的标题 2 行、合计与小计 1 行",
                "修复 1 行：7",
                "“金额”以万元为单位，数值已乘以 10,000。",
            ],
        ),
    ],
)
def test_each_decision_is_one_sentence(language, sentences):
    assert read_facts(REPORT, Words(language)) == sentences


def test_a_workbook_names_its_sheet_and_no_encoding():
    report = {"encoding": None, "dialect": None, "sheet": "订单", "header_row": 1}
    assert read_facts(report, Words("en")) == ["Sheet “订单”", "Line 1 is the header"]


def test_many_repairs_are_counted_and_the_first_named():
    report = {"repaired": [{"line": line, "what": "joined"} for line in range(1, 21)]}
    assert read_facts(report, Words("en")) == ["20 lines repaired: 1, 2, 3, 4, 5, 6, 7, 8 …"]
