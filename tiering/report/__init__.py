"""What people and programs take away: the tiered customers as CSV and as a workbook, and the rows set aside."""

from tiering.report.csv import customers_csv, customers_csv_for_people
from tiering.report.excel import customers_workbook
from tiering.report.handout import Handout
from tiering.report.set_aside import set_aside_csv
from tiering.said.tiered_customers import tiered_customers

__all__ = [
    "Handout",
    "customers_csv",
    "customers_csv_for_people",
    "customers_workbook",
    "set_aside_csv",
    "tiered_customers",
]
