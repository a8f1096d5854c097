"""Analysis: the same customers seen from several sides, each a click away from the customers behind it."""

from __future__ import annotations

from tiering.ui.base import cached, frame
from tiering.ui.base import view_choices as choices
from tiering.ui.pages.customers import clusters, cross, lifecycle, rfm
from tiering.ui.pages.grow import profile, prospects
from tiering.ui.pages.money import concentration
from tiering.ui.pages.team import key_accounts
from tiering.ui.pages.tiers import pareto

VIEWS = {
    "pareto": pareto.section,
    "rfm": rfm.section,
    "lifecycle": lifecycle.section,
    "concentration": concentration.section,
    "cross": cross.section,
    "key": key_accounts.section,
    "cluster": clusters.section,
    "profile": profile.section,
    "prospects": prospects.section,
}


def page() -> None:
    """Draw the page: the view that was picked, nothing of the others."""
    words = frame.words()
    frame.header(words("nav.segments"))
    shown = cached.shown()
    VIEWS[choices.picked("view", list(VIEWS), words, bare=True)](shown, words)


if __name__ == "__main__":
    import app

    app.main()
