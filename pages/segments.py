"""Analysis: the same customers seen from several sides, each a click away from the customers behind it."""

from __future__ import annotations

from tiering.ui import cached, frame
from tiering.ui.segments import (
    choosing,
    cluster,
    concentration,
    cross,
    key_accounts,
    lifecycle,
    pareto,
    profile,
    prospects,
    rfm,
)

VIEWS = {
    "pareto": pareto.section,
    "rfm": rfm.section,
    "lifecycle": lifecycle.section,
    "concentration": concentration.section,
    "cross": cross.section,
    "key": key_accounts.section,
    "cluster": cluster.section,
    "profile": profile.section,
    "prospects": prospects.section,
}


def page() -> None:
    """Draw the page: the view that was picked, nothing of the others."""
    words = frame.words()
    frame.header(words("nav.segments"))
    shown = cached.shown()
    VIEWS[choosing.picked("view", list(VIEWS), words, bare=True)](shown, words)


if __name__ == "__main__":
    import app

    app.main()
