"""From scenarios to a decision: kept as files, sent as links, compared, voted on, written down."""
