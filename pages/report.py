"""Export: papers to take away, the tiered customers as CSV, and the scenario as a file."""

from __future__ import annotations

from tiering.ui.base import cached, frame
from tiering.ui.pages.compare import scenario_file
from tiering.ui.pages.policy import crm, exports, papers


def page() -> None:
    """Draw the page."""
    words = frame.words()
    frame.header(words("nav.report"))
    shown = cached.shown()
    papers.papers(shown, words)
    exports.customer_downloads(shown, words)
    crm.crm_download(shown, words)
    scenario_file.save(shown, words)
    scenario_file.load(words)


if __name__ == "__main__":
    import app

    app.main()
