"""Templates to fill in, and what is wrong with one that comes back filled."""

from tiering.report.template.findings import Finding, Template, findings, template_of, without_example
from tiering.report.template.workbook import COLUMNS, template_workbook

__all__ = ["COLUMNS", "Finding", "Template", "findings", "template_of", "template_workbook", "without_example"]
