"""Data: sample sets, one's own files, what their columns mean, and where every line went."""

from __future__ import annotations

from tiering.ui import (
    can_show,
    data_facts,
    frame,
    mapping_table,
    money_box,
    overlap_card,
    question_cards,
    refresh,
    sample_choice,
    state,
    template_box,
    upload_box,
)
from tiering.ui.beside import account, asking
from tiering.ui.people import companies, unmatched, who


def page() -> None:
    """Draw the page."""
    words = frame.words()
    frame.header(words("nav.data"), linked=False)
    upload_box.upload_box(words)
    refresh.forget_button(words)
    template_box.templates(words)
    template_box.answers(words)
    question_cards.question_cards(words)
    asking.role_card(words)
    overlap_card.overlap_card(words)
    waits = mapping_table.correctable()
    if waits:
        mapping_table.mapping_tables(words)
    sample_choice.sample_choice(words)
    data_facts.facts(words)
    money_box.money_box(words)
    who.who(words)
    companies.companies(words)
    if state.choices().sources:
        if not waits:
            mapping_table.mapping_tables(words)
        data_facts.set_aside(words)
        unmatched.unmatched(words)
        account.account(words)
    can_show.can_show(words)


if __name__ == "__main__":
    import app

    app.main()
