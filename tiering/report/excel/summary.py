"""Sheet of the tiers: what each holds and is worth, with a chart."""

from __future__ import annotations

from typing import Any

from tiering.report.excel.sheets import HEADER_HEIGHT, Sheets, header_look, write_text
from tiering.report.handout import Handout
from tiering.said.tier_rows import COLUMNS, TierRow, knows_revenue, tier_rows, total_row

HEADER_ROW = 3
CHART_COLOURS = ("#B9C4CF", "#1F4E79")


def write_summary(sheets: Sheets, handout: Handout) -> None:
    """Tiers with customers, revenue, shares and averages, their total, and a column chart of the shares.

    Money that the data does not tell is left blank, and said to be unknown.
    """
    words, tiering = handout.words, handout.tiering
    sheet = sheets.add(words("report.sheet.summary"))
    write_text(sheet, 0, 0, words("report.summary.title"), sheets.form("text", bold=True, font_size=14))
    write_text(sheet, 1, 0, _subtitle(handout))
    sheet.set_row(HEADER_ROW, HEADER_HEIGHT)
    for column, (key, kind) in enumerate(COLUMNS):
        write_text(sheet, HEADER_ROW, column, words(f"report.summary.{key}"), sheets.form("text", **header_look(kind)))
    rows = tier_rows(tiering, words("tier.unscored"))
    for offset, row in enumerate(rows, start=1):
        _write_row(sheets, sheet, HEADER_ROW + offset, row)
    if not knows_revenue(tiering):
        write_text(sheet, 2, 0, words("report.summary.unknown", needs=words("needs.amount")))
    total = total_row(tiering, words("report.summary.total"))
    _write_row(sheets, sheet, HEADER_ROW + len(rows) + 1, total, bold=True, top=1)
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, len(COLUMNS) - 1, 17)
    sheet.insert_chart(HEADER_ROW + len(rows) + 3, 0, _chart(sheets, handout, len(rows)))


def _subtitle(handout: Handout) -> str:
    words, tiering = handout.words, handout.tiering
    parts = [tiering.scenario.name] if tiering.scenario.name else []
    if tiering.base.as_of is not None:
        parts.append(f"{words('report.definitions.as_of')} {words.day(tiering.base.as_of)}")
    return " · ".join(parts)


def _write_row(sheets: Sheets, sheet: Any, row: int, values: TierRow, **look: object) -> None:
    write_text(sheet, row, 0, values[0], sheets.form("text", **look))
    for column, value in enumerate(values[1:], start=1):
        kind = COLUMNS[column][1]
        if value is None:
            sheet.write_blank(row, column, None, sheets.form(kind, **look))
        else:
            sheet.write_number(row, column, round(value, 2 if kind == "money" else 9), sheets.form(kind, **look))


def _chart(sheets: Sheets, handout: Handout, rows: int) -> Any:
    words = handout.words
    chart: Any = sheets.book.add_chart({"type": "column"})
    name = words("report.sheet.summary")
    first, last = HEADER_ROW + 1, HEADER_ROW + rows
    columns = (2, 4) if knows_revenue(handout.tiering) else (2,)
    for column, colour in zip(columns, CHART_COLOURS, strict=False):
        chart.add_series(
            {
                "name": [name, HEADER_ROW, column],
                "categories": [name, first, 0, last, 0],
                "values": [name, first, column, last, column],
                "fill": {"color": colour},
                "data_labels": {"value": True, "num_format": "0%"},
            }
        )
    chart.set_title({"name": words("report.summary.chart"), "name_font": {"size": 12, "bold": False}})
    chart.set_y_axis({"num_format": "0%", "major_gridlines": {"visible": True, "line": {"color": "#E3E8EE"}}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 760, "height": 320})
    return chart
