"""The tiered customers as a workbook: tiers with a chart, customers, movement, definitions."""

from tiering.report.excel.workbook import customers_workbook

__all__ = ["customers_workbook"]
