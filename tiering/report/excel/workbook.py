"""All sheets of the workbook in their order, with the summary and the ledger."""

from __future__ import annotations

from typing import Any

import pandas as pd

from tiering.evaluate import Tiering
from tiering.report.excel.customers import write_actions, write_customers, write_movers
from tiering.report.excel.definitions import write_definitions
from tiering.report.excel.rows import Progress
from tiering.report.excel.sheets import HEADER_HEIGHT, Sheets, header_look, write_text
from tiering.report.handout import Handout
from tiering.said.kinds import money_decimals
from tiering.said.labels import column_labels
from tiering.said.rules import points_text, rule_name
from tiering.said.tables import (
    COLUMNS,
    TierRow,
    appeals_table,
    contradictions_table,
    groups_table,
    knows_revenue,
    ledger_table,
    tier_rows,
    total_row,
)
from tiering.scenario.exceptions import PointRule
from tiering.tiers.groups import has_parents
from tiering.tiers.points import effects
from tiering.views.group_tiers import group_tiers
from tiering.words import Words

HEADER_ROW = 3
CHART_COLOURS = ("#B9C4CF", "#1F4E79")


def customers_workbook(handout: Handout, progress: Progress | None = None) -> bytes:
    """Tiers → XLSX bytes: tiers, customers, movement where there is a baseline, what to do with a
    call list for each kind of move, rules and ledger where there are any, definitions.

    Numbers are numbers, dates dates, text always text; headers in the handout's language. The same tiers give the
    same bytes. ``progress`` is called with 0..1.
    """
    sheets = Sheets(handout.tiering.base.as_of)
    write_summary(sheets, handout)
    write_customers(sheets, handout)
    if handout.baseline is not None:
        write_movers(sheets, handout, handout.baseline)
    write_actions(sheets, handout)
    write_exceptions(sheets, handout)
    write_definitions(sheets, handout)
    return sheets.finished(progress)


def write_exceptions(sheets: Sheets, handout: Handout) -> None:
    """One sheet for the rules, the ledger, the appeals, the groups and their contradictions, where there are any."""
    tiering, words = handout.tiering, handout.words
    ledger = tiering.scenario.ledger
    if tiering.scenario.rules.points or tiering.scenario.rules.caps:
        _write(sheets, handout, "rules", rules_table(tiering, words))
    if ledger.overrides:
        _write(sheets, handout, "ledger", ledger_table(tiering, words))
    if ledger.appeals:
        _write(sheets, handout, "appeals", appeals_table(tiering, words))
    if has_parents(tiering.base.customers):
        found = group_tiers(handout.dataset, tiering)
        if len(found.groups):
            _write(sheets, handout, "groups", groups_table(tiering, found, words))
        if len(found.contradictions):
            _write(sheets, handout, "contradictions", contradictions_table(tiering, found, words))


def rules_table(tiering: Tiering, words: Words) -> pd.DataFrame:
    """One row per rule: name, what it gives, whom it holds of, whom it moves, their annual revenue, and any fault."""
    assert tiering.adjustments is not None, "a tiering with rules is settled"
    found = effects(tiering.adjustments.points, tiering.base_tiers, tiering.scenario.tiers, tiering.base.revenue)
    return pd.DataFrame(
        {
            "rule": [rule_name(effect.rule, words) for effect in found],
            "gives": [_gives(effect.rule, words) for effect in found],
            "rule_customers": [float(effect.customers) for effect in found],
            "rule_up": [float(effect.up) for effect in found],
            "rule_down": [float(effect.down) for effect in found],
            "annual_revenue": [effect.revenue for effect in found],
            "rule_unknown": [float(effect.unknown) for effect in found],
            "rule_fault": [words(f"rules.unusable.{effect.fault}") if effect.fault else "" for effect in found],
        }
    )


def _gives(rule: object, words: Words) -> str:
    if isinstance(rule, PointRule):
        return points_text(rule.points, words)
    return words("rules.at_most", tier=getattr(rule, "tier", ""))


def _write(sheets: Sheets, handout: Handout, name: str, table: pd.DataFrame) -> None:
    labels = column_labels(table.columns, handout.words)
    sheets.add_table(handout.words(f"report.sheet.{name}"), table, labels, money_decimals(handout.dataset))


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
