"""Names of what a worker leaves behind."""

TABLE = "table.arrow"
CURRENCIES = "currencies.arrow"
REPORT = "report.json"
LINE_COLUMN = "\x00line"
