"""Small files as people bring them, and what the reader makes of them, without the process around it."""

from __future__ import annotations

import io
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import xlsxwriter

from tiering.ingest.bytes.limits import Limits
from tiering.ingest.bytes.worker import report_of
from tiering.ingest.sheets.source import read_source
from tiering.problems import DataProblem

COMPANIES = (
    "杭州德新鑫贸易有限公司",
    "北京隆恒联贸易有限公司",
    "杭州明联新实业股份有限公司",
    "深圳天福鑫实业股份有限公司",
    "北京瑞德信贸易有限公司",
    "苏州隆亚盛实业股份有限公司",
)
AMOUNTS = ("79533.98", "92407.32", "79919.80", "65421.52", "5203.90", "71628.78")
DAYS = ("2024-10-02", "2023-08-28", "2024-02-11", "2023-01-16", "2023-10-03", "2024-02-09")
HEADER = ("客户名称", "订单金额", "下单日期")


def orders(delimiter=",", header=HEADER, names=COMPANIES, amounts=AMOUNTS, days=DAYS, newline="\n"):
    """Text of an orders file of six lines."""
    rows = [header, *zip(names, amounts, days, strict=True)]
    return newline.join(delimiter.join(row) for row in rows) + newline


@dataclass
class Seen:
    """What came out: columns as lists of plain text, the report, the problem's code."""

    outcome: str
    columns: dict[str, list[str]] = field(default_factory=dict)
    report: dict = field(default_factory=dict)
    code: str = ""
    facts: dict = field(default_factory=dict)
    questions: list = field(default_factory=list)
    table: object = None
    lines: list[int] = field(default_factory=list)

    @property
    def rows(self):
        return self.report["n_rows"]

    @property
    def aside(self):
        return {each["line"]: each["reason"] for each in self.report["set_aside"]}

    @property
    def mended(self):
        return [each["line"] for each in self.report["repaired"]]

    @property
    def notes(self):
        return {each["code"] for each in self.report["notes"]}


def read(content, **answers):
    """Read text (as UTF-8) or bytes."""
    content = content.encode() if isinstance(content, str) else content
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(content)
        return read_path(path, **answers)


def read_path(path, limits=None, **answers):
    """Read a file in this process."""
    with tempfile.TemporaryDirectory() as scratch:
        try:
            assembled, grid, questions = read_source(
                Path(path), Path(scratch), answers, limits or Limits(), lambda share: None
            )
        except DataProblem as problem:
            return Seen("error", code=str(problem.code), facts=problem.facts)
        table = assembled.rows.table()
        columns = {name: [_plain(value) for value in table[name].to_pylist()] for name in table.column_names}
        report = report_of(assembled, grid, questions)
        return Seen(
            report["outcome"], columns, report, questions=questions, table=table, lines=assembled.lines.tolist()
        )


def _plain(value):
    return "" if value is None else str(value)


def workbook(*sheets, options=None):
    """Bytes of a workbook; each sheet is a name and rows, or a name and a function that writes it."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "yyyy-mm-dd", **(options or {})})
    for name, content in sheets:
        sheet = book.add_worksheet(name)
        if callable(content):
            content(book, sheet)
        else:
            for number, row in enumerate(content):
                sheet.write_row(number, 0, row)
    book.close()
    return buffer.getvalue()
