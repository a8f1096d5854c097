"""The papers by kind, each written from the same handout; a writer is imported when its paper is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from tiering.report.excel import customers_workbook
from tiering.report.handout import Handout, Progress

PaperKind = Literal["xlsx", "pptx", "docx", "html"]
OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True)
class Paper:
    """A kind of paper: its media type, and how it is written; the writer may be told where to report progress."""

    kind: PaperKind
    mime: str
    written: Callable[[Handout, Progress | None], bytes]


def _deck(handout: Handout, progress: Progress | None) -> bytes:
    from tiering.report.slides import deck
    from tiering.report.story import story_of

    return deck(story_of(handout), progress)


def _policy(handout: Handout, progress: Progress | None) -> bytes:
    from tiering.report.policy import policy

    return policy(handout, progress)


def _page(handout: Handout, _: Progress | None) -> bytes:
    from tiering.report.page import page
    from tiering.report.story import story_of

    return page(story_of(handout)).encode()


PAPERS: dict[PaperKind, Paper] = {
    paper.kind: paper
    for paper in (
        Paper("xlsx", f"{OFFICE}.spreadsheetml.sheet", customers_workbook),
        Paper("pptx", f"{OFFICE}.presentationml.presentation", _deck),
        Paper("docx", f"{OFFICE}.wordprocessingml.document", _policy),
        Paper("html", "text/html", _page),
    )
}
