"""Strategy: what to do per tier, with whom, at what cost, and whether it worked."""

from __future__ import annotations

from tiering.ui import cached, frame
from tiering.ui.strategy import actions, asking, experiments, formula, playbook, resources

VIEWS = {
    "actions": actions.section,
    "playbook": playbook.section,
    "resources": resources.section,
    "formula": formula.section,
    "experiments": experiments.section,
}


def page() -> None:
    """Draw the page: the view that was picked, nothing of the others."""
    words = frame.words()
    frame.header(words("nav.strategy"))
    shown = cached.shown()
    VIEWS[asking.picked("view", list(VIEWS), words, bare=True)](shown, words)


if __name__ == "__main__":
    import app

    app.main()
