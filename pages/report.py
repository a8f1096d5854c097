"""Export: the tiered customers as a workbook or CSV, and the scenario as a file."""

from __future__ import annotations

from tiering.ui import cached, exports, frame, scenario_file


def page() -> None:
    """Draw the page."""
    words = frame.words()
    frame.header(words("nav.report"))
    shown = cached.shown()
    exports.customer_downloads(shown, words)
    scenario_file.save(shown, words)
    scenario_file.load(words)


if __name__ == "__main__":
    import app

    app.main()
