"""Movement: who moves between tiers and why, and what the scheme was worth on the way."""

from __future__ import annotations

from tiering.ui import cached, frame
from tiering.ui.movement import asking, attribution, backtest, kept, migration, past, repurchase, review, warning

VIEWS = {
    "migration": migration.section,
    "causes": attribution.section,
    "review": review.section,
    "backtest": backtest.section,
    "warning": warning.section,
    "repurchase": repurchase.section,
    "kept": kept.section,
}


def page() -> None:
    """Draw the page: the view that was picked, nothing of the others."""
    words = frame.words()
    frame.header(words("nav.movement"))
    shown = cached.shown()
    past.warn_of_missing_end(shown, words)
    VIEWS[asking.picked("view", list(VIEWS), words, bare=True)](shown, words)


if __name__ == "__main__":
    import app

    app.main()
