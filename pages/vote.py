"""Vote: a ballot for a telephone, without any data."""

from __future__ import annotations

from tiering.ui.base import frame
from tiering.ui.pages.vote import voter


def page() -> None:
    """Draw the page."""
    voter.voter(frame.words())


if __name__ == "__main__":
    import app

    app.main()
