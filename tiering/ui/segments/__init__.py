"""One module per view of the customer base: choices, what the core says of them, chart and table."""
