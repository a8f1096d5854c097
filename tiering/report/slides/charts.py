"""Native charts of a slide: they can be edited where they are shown."""

from __future__ import annotations

from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.util import Pt

from tiering.report.slides.sheet import ACCENT, INK, QUIET, Box, Sheet, rgb, set_font
from tiering.report.story import Bars, Curve
from tiering.report.widths import brief, shown

PALE = "#b9c4cf"
COLOURS = (PALE, ACCENT)
SIZE, LABEL = 13, 11
MOST_UPRIGHT = 6
WIDEST_LABEL = 20  # in units of its size
FAR_RIGHT = 0.7


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
