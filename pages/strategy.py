"""Strategy: what to do per tier, with whom, at what cost, and whether it worked."""

from __future__ import annotations

from tiering.ui.base import cached, frame
from tiering.ui.base import strategy_choices as choices
from tiering.ui.pages.act import actions, experiments, playbook
from tiering.ui.pages.money import formula
from tiering.ui.pages.team import resources

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
    VIEWS[choices.picked("view", list(VIEWS), words, bare=True)](shown, words)


if __name__ == "__main__":
    import app

    app.main()
