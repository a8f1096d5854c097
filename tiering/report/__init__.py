"""What people and programs take away: the tiered customers as CSV and as a workbook, and the rows set aside."""

from tiering.report.csv import customers_csv, customers_csv_for_people, set_aside_csv
from tiering.report.tiered_customers import tiered_customers

__all__ = ["customers_csv", "customers_csv_for_people", "set_aside_csv", "tiered_customers"]
