"""Data: sample sets, one's own files, what their columns mean, and where every line went."""

from __future__ import annotations

from tiering.ui.base import frame, refresh, state
from tiering.ui.pages.data import companies, data_facts, mapping_table, population, receipt, side_tables, upload_box


def page() -> None:
    """Draw the page: the receipt of one's own files first; nothing of the sample below files that wait."""
    words = frame.words()
    frame.header(words("nav.data"), linked=False)
    now = state.choices()
    receipt.receipt(words)
    upload_box.upload_box(words)
    refresh.forget_button(words)
    upload_box.templates(words)
    upload_box.answers(words)
    if now.waiting:
        if mapping_table.correctable():
            mapping_table.mapping_tables(words)
        return
    upload_box.sample_choice(words)
    data_facts.facts(words)
    mapping_table.money_box(words)
    population.who(words)
    companies.companies(words)
    if now.sources:
        mapping_table.mapping_tables(words)
        data_facts.set_aside(words)
        side_tables.unmatched(words)
        side_tables.account(words)
    side_tables.can_show(words)


if __name__ == "__main__":
    import app

    app.main()
