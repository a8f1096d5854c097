"""The dock at the foot of the page of tiers: one part at a time, and none that the present lines do not have."""

from __future__ import annotations

import pytest

from tests.ui.conftest import DATASETS, Run
from tiering.ui.base.regions import DOCKED
from tiering.ui.pages.tiers.controls import CONTROL, PARTS
from tiering.words import LANGUAGES, Words


def with_open(run_page: Run, part: str | None, language: str = "en", kind: str = "both"):
    page = run_page("tiers", language, DATASETS[kind]())
    page.session_state[DOCKED] = part
    return page.run()


def said(page) -> str:
    return " ".join(caption.value for caption in page.caption)


@pytest.mark.parametrize("language", LANGUAGES)
def test_closed_it_names_what_can_be_adjusted_and_shows_nothing_of_it(run_page: Run, language: str) -> None:
    words, page = Words(language), run_page("tiers", language)  # type: ignore[arg-type]
    offered = list(page.button_group(key=CONTROL).options)
    assert offered == [words("ways.title.score" if part == "way" else f"dock.{part}") for part in PARTS]
    assert words("measures.about.which") not in said(page)


def test_one_part_is_open_at_a_time(run_page: Run) -> None:
    words = Words("en")
    assert words("measures.about.which") in said(with_open(run_page, "indicators"))
    page = with_open(run_page, "weights")
    assert words("weights.about.rank") in said(page)
    assert words("measures.about.which") not in said(page)


def test_the_assumptions_of_a_way_go_with_it(run_page: Run) -> None:
    words, page = Words("en"), run_page("tiers", "en", DATASETS["both"]())
    page = page.selectbox(key="cuts-control").set_value("capacity").run()
    assert words("ways.about.capacity") in said(page)
    page = page.selectbox(key="cuts-control").set_value("score").run()
    assert not page.exception
    assert words("ways.about.capacity") not in said(page)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("kind", ["customers only", "three customers", "one customer"])
def test_every_part_opens_over_every_kind_of_data(run_page: Run, part: str, kind: str) -> None:
    page = with_open(run_page, part, kind=kind)
    assert not page.exception
    assert [error.value for error in page.error] == []
