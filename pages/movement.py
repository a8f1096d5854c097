"""Movement: who moves between tiers and why, and what the scheme was worth on the way."""

from __future__ import annotations

from tiering.ui.base import cached, frame, past_dates
from tiering.ui.base import movement_choices as choices
from tiering.ui.pages.check import backtest
from tiering.ui.pages.money import retention
from tiering.ui.pages.movement import attribution, migration
from tiering.ui.pages.risk import repurchase, warning
from tiering.ui.pages.tiers import review_rules

VIEWS = {
    "migration": migration.section,
    "causes": attribution.section,
    "review": review_rules.section,
    "backtest": backtest.section,
    "warning": warning.section,
    "repurchase": repurchase.section,
    "kept": retention.section,
}


def page() -> None:
    """Draw the page: the view that was picked, nothing of the others."""
    words = frame.words()
    frame.header(words("nav.movement"))
    shown = cached.shown()
    past_dates.warn_of_missing_end(shown, words)
    VIEWS[choices.picked("view", list(VIEWS), words, bare=True)](shown, words)


if __name__ == "__main__":
    import app

    app.main()
