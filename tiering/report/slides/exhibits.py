"""Native tables and charts of a slide."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from tiering.report.slides.sheet import ACCENT, INK, QUIET, Box, Sheet, rgb, set_font
from tiering.report.story import Bars, Curve, Table
from tiering.report.widths import PADDING, POINT, brief, column_widths, least_widths, lines_needed, shown
from tiering.said.colours import ink_on

PALE = "#b9c4cf"
COLOURS = (PALE, ACCENT)
SIZE, LABEL = 13, 11
MOST_UPRIGHT = 6
WIDEST_LABEL = 20  # in units of its size
FAR_RIGHT = 0.7
SIZES = (16, 14, 13, 12)
ROW, LINE = 2.1, 1.25  # heights of a row and of a further line, in units of the text's size
WHITE, BAND = "#ffffff", "#f3f6f9"


def add_chart(sheet: Sheet, room: Box, chart: Bars | Curve) -> None:
    """Bars or a curve in the room there is."""
    if isinstance(chart, Bars):
        _add_bars(sheet, room, chart)
    else:
        _add_curve(sheet, room, chart)


def _add_bars(sheet: Sheet, room: Box, bars: Bars) -> None:
    """Upright for a few short labels, lying with the first on top for many."""
    lying = len(bars.labels) > MOST_UPRIGHT or max(map(len, bars.labels)) > 10
    pace = -1 if lying else 1
    values = CategoryChartData(number_format="0%")
    values.categories = [brief(label, WIDEST_LABEL) for label in bars.labels[::pace]]
    for name, shares in bars.series[::pace]:
        values.add_series(shown(name), shares[::pace])
    kind = XL_CHART_TYPE.BAR_CLUSTERED if lying else XL_CHART_TYPE.COLUMN_CLUSTERED
    made = _placed(sheet, room, kind, values)
    plot = made.plots[0]
    plot.gap_width, plot.overlap = 40, -10
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked, labels.position = "0%", False, XL_LABEL_POSITION.OUTSIDE_END
    labels.font.size, labels.font.color.rgb = Pt(LABEL), rgb(INK)
    for series, colour in zip(plot.series, COLOURS[::pace], strict=False):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = rgb(colour)
    made.value_axis.visible, made.value_axis.has_major_gridlines = False, False
    made.category_axis.tick_labels.font.size = Pt(SIZE + 1)
    made.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW  # beside the chart, not under a bar below 0
    made.category_axis.format.line.color.rgb = rgb(PALE)


def _add_curve(sheet: Sheet, room: Box, curve: Curve) -> None:
    values = XyChartData(number_format="0%")
    line = values.add_series(shown(curve.axes[1]))
    for across, up in curve.points:
        line.add_data_point(across, up)
    mark = values.add_series(shown(curve.note))
    mark.add_data_point(*curve.marked)
    made = _placed(sheet, room, XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS, values)
    made.has_legend = False
    _style_curve(sheet, made, curve)
    for axis, name in zip((made.category_axis, made.value_axis), curve.axes, strict=True):
        axis.minimum_scale, axis.maximum_scale, axis.major_unit = 0.0, 1.0, 0.2
        axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "0%", False
        axis.has_title = True
        axis.axis_title.text_frame.text = shown(name)
        axis.axis_title.text_frame.paragraphs[0].runs[0].font.size = Pt(SIZE)
        axis.major_gridlines.format.line.color.rgb = rgb("#e3e8ee")


def _style_curve(sheet: Sheet, made: Any, curve: Curve) -> None:
    line, mark = made.plots[0].series
    line.smooth = False
    line.format.line.color.rgb, line.format.line.width = rgb(ACCENT), Pt(2.5)
    mark.format.line.fill.background()
    mark.marker.style, mark.marker.size = XL_MARKER_STYLE.CIRCLE, 11
    mark.marker.format.fill.solid()
    mark.marker.format.fill.fore_color.rgb = rgb(ACCENT)
    mark.marker.format.line.color.rgb = rgb(ACCENT)
    label = mark.points[0].data_label
    far = curve.marked[0] > FAR_RIGHT
    label.position = XL_LABEL_POSITION.LEFT if far else XL_LABEL_POSITION.RIGHT
    label.has_text_frame = True
    # an empty line beside the text keeps it off the curve, which goes on rising from the mark
    second = label.text_frame.add_paragraph()
    run = (label.text_frame.paragraphs[0] if far else second).add_run()
    run.text = shown(curve.note)
    run.font.size, run.font.bold = Pt(SIZE + 3), True
    set_font(run, sheet.story.language)


def _placed(sheet: Sheet, room: Box, kind: Any, values: Any) -> Any:
    made = sheet.slide.shapes.add_chart(kind, *room.emu, values).chart
    made.font.size, made.font.color.rgb = Pt(SIZE), rgb(QUIET)
    made.has_legend = True
    made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    made.has_title = False
    return made


def add_table(sheet: Sheet, room: Box, whole: Table) -> int:
    """A table with a header, its columns as wide as their text asks for, tier cells in the tier's colour → the number
    of last rows for which there was no room.
    """
    table, size = fitting(whole, room)
    rows, columns = len(table.rows) + 1, len(table.headers)
    made = sheet.slide.shapes.add_table(rows, columns, *room.emu).table
    _plain_style(made)
    widths = column_widths(table, room.width, size)
    for column, width in enumerate(widths):
        made.columns[column].width = Inches(width)
    for row, cells in enumerate((table.headers, *table.rows)):
        made.rows[row].height = Inches(row_height(cells, widths, size))
        for column, text in enumerate(cells):
            _write(sheet, made.cell(row, column), text, (table, row, column), size)
    return len(whole.rows) - len(table.rows)


def fitting(table: Table, room: Box) -> tuple[Table, int]:
    """The table with as many of its first rows as fit, and the largest size of text at which most of them do."""
    for size in SIZES:
        if sum(least_widths(table, size)) <= room.width and table_height(table, room.width, size) <= room.height:
            return table, size
    rows = len(table.rows)
    while rows > 1 and table_height(replace(table, rows=table.rows[:rows]), room.width, SIZES[-1]) > room.height:
        rows -= 1
    return replace(table, rows=table.rows[:rows]), SIZES[-1]


def table_height(table: Table, width: float, size: int) -> float:
    """Height in inches of a table ``width`` inches wide."""
    widths = column_widths(table, width, size)
    return sum(row_height(cells, widths, size) for cells in (table.headers, *table.rows))


def row_height(cells: tuple[str, ...], widths: list[float], size: int) -> float:
    """Height in inches of a row whose longest cell wraps."""
    lines = max(lines_needed([shown(text)], width - PADDING, size) for text, width in zip(cells, widths, strict=True))
    return size * POINT * (ROW + LINE * (lines - 1))


def _write(sheet: Sheet, cell: Any, text: str, place: tuple[Table, int, int], size: int) -> None:
    table, row, column = place
    tier = sheet.story.colours.get(text) if row and column == table.tiers else None
    ground = ACCENT if row == 0 else tier or (BAND if row % 2 == 0 else WHITE)
    cell.fill.solid()
    cell.fill.fore_color.rgb = rgb(ground)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.margin_left = cell.margin_right = Inches(PADDING / 2)
    cell.margin_top = cell.margin_bottom = Inches(0.03)
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if table.numeric[column] else PP_ALIGN.LEFT
    paragraph.line_spacing = Pt(size * 1.25)
    ink = WHITE if row == 0 else ink_on(tier) if tier else INK
    sheet.run(paragraph, text, size, bold=row == 0, colour=ink)


def _plain_style(made: Any) -> None:
    """Without the template's own banding and borders."""
    properties = made._tbl.tblPr
    style = properties.find(qn("a:tableStyleId"))
    if style is not None:
        style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # "No style, no grid"
    properties.set("bandRow", "0")
