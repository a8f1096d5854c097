"""Papers to take away: workbook, deck, page and policy, written when asked for."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from tiering.report.handout import Progress
from tiering.report.papers import PAPERS, Paper
from tiering.ui.base.cached import Shown
from tiering.ui.pages.compare.scenario_file import file_stem
from tiering.ui.pages.policy.exports import handout
from tiering.words import Words

LONG = 20_000  # customers from which on a paper takes seconds: it is written first, under a bar, and then taken


def papers(shown: Shown, words: Words) -> None:
    """One line for each paper: what it is, and its button."""
    st.subheader(words("papers.title"), anchor=False)
    st.caption(words("papers.about", language=words(f"language.{words.language}")))
    for kind, paper in PAPERS.items():
        left, right = st.columns([3, 1], vertical_alignment="center")
        left.markdown(words(f"papers.{kind}"))
        with right:
            _button(shown, paper, words)


def _button(shown: Shown, paper: Paper, words: Words) -> None:
    name = f"{file_stem(shown.tiering.scenario)}-{words(f'papers.name_{paper.kind}')}.{paper.kind}"

    def written(progress: Progress | None = None) -> bytes:
        return paper.written(handout(shown, words), progress)

    if paper.kind == "xlsx" and len(shown.tiering.tiers) > LONG:
        _under_a_bar(paper, name, written, words)
    else:
        _taken(paper, name, written, words)


def _under_a_bar(paper: Paper, name: str, written: Callable[[Progress], bytes], words: Words) -> None:
    """Two clicks: the first writes it, showing how far it is, the second takes it."""
    place = st.empty()
    if not place.button(words("papers.write", kind=paper.kind.upper()), key=f"write-{paper.kind}", width="stretch"):
        return
    bar = place.progress(0.0, words("papers.writing"))

    def follow(share: float) -> None:
        bar.progress(share, words("papers.writing"))

    content = written(follow)
    with place:
        _taken(paper, name, lambda: content, words)


def _taken(paper: Paper, name: str, written: Callable[[], bytes], words: Words) -> None:
    st.download_button(
        words("papers.download", kind=paper.kind.upper()),
        written,
        file_name=name,
        mime=paper.mime,
        on_click="ignore",
        key=f"take-{paper.kind}",
        width="stretch",
    )
