"""Names of what a worker says and leaves behind."""

READY = "ready"  # bounds are set: from here on its processor time counts
TABLE = "table.arrow"
CURRENCIES = "currencies.arrow"
REPORT = "report.json"
LINE_COLUMN = "\x00line"
