"""The presentation: one message a screen, in the order of the story, then agenda and decisions."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from tests.ui.conftest import DATASETS, Run, customers_of, dataset, orders_of
from tiering.decision.rooms import RoomView, Vote
from tiering.decision.saved import Entry
from tiering.decision.votes import spread
from tiering.evaluate import evaluate
from tiering.report.handout import Handout
from tiering.report.story import Bars, Part, Story, Table
from tiering.scenario import Scenario
from tiering.tiers.robustness import Flips
from tiering.ui.base.frame import plain
from tiering.ui.pages.compare import presenting
from tiering.ui.pages.compare.presentation import presentation_markup, presentation_script, presentation_styles
from tiering.ui.pages.compare.scenario_file import file_stem
from tiering.ui.pages.compare.vote_outcome import headline
from tiering.ui.pages.tiers.weights.robustness import Sureness
from tiering.words import LANGUAGES, Words

SAY = Words("en")
BOTH = dataset(orders_of(10), customers_of(12))


def sureness(rows: list[int]) -> Sureness:
    """Rows that are borderline, each keeping its tier in half of the weightings."""
    kept, none = np.full(12, 0.5), np.array([], np.intp)
    flips = Flips(none, none, np.array([], np.int8))
    return Sureness(kept, np.full(12, 2), np.array(rows, np.intp), np.zeros((4, 0)), flips)


def paper() -> Handout:
    return Handout(evaluate(BOTH, Scenario()), BOTH, SAY, colours=("#111111",) * 4)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("data", ["both", "one customer"])
def test_the_workshop_opens_on_every_kind_of_data(run_page: Run, language: str, data: str) -> None:
    shown = run_page("scenarios", language, DATASETS[data]())
    shown.session_state["scenarios-kept-part"] = "workshop"
    shown.run()
    assert not shown.exception
    assert [error.value for error in shown.error] == []


def test_the_agenda_is_computed_when_asked_for(run_page: Run) -> None:
    shown = run_page("scenarios", "en", DATASETS["both"]())
    shown.session_state["scenarios-kept-part"] = "workshop"
    shown.run()
    shown.button(key="workshop-compute").click().run()
    assert not shown.exception
    kept = shown.dataframe[0].value["kept"] if shown.dataframe else []
    assert all(0 <= share < 0.9 for share in kept)


def test_the_cover_comes_first_and_every_part_is_one_screen() -> None:
    parts = (Part("First"), Part("Second", ("why",), note="small"))
    made = presenting.payload(Story("Title", ("fact",), parts, {}, "en"), SAY)
    assert [(slide["title"], slide["sentences"]) for slide in made["slides"]] == [
        ("Title", ["fact"]),
        ("First", []),
        ("Second", ["why"]),
    ]


def test_the_payload_can_be_sent_to_the_browser() -> None:
    chart = Bars(("S", "A"), (("Customers", (0.1, 0.9)), ("Revenue", (0.6, 0.4))))
    made = presenting.payload(Story("T", (), (Part("P", chart=chart),), {"S": "#123456"}, "en"), SAY)
    again = json.loads(json.dumps(made))
    assert again["slides"][1]["bars"]["shares"] == [[0.1, 0.6], [0.9, 0.4]]
    assert again["slides"][1]["bars"]["notes"] == [["10.0%", "60.0%"], ["90.0%", "40.0%"]]


def test_long_tables_and_charts_are_cut_to_what_can_be_read_from_afar() -> None:
    many = tuple(str(n) for n in range(40))
    table = Table(("n",), tuple((n,) for n in many), (False,))
    screen = presenting.slide(Part("P", table=table, chart=Bars(many, (("x", (0.1,) * 40),))), SAY)
    assert len(screen["table"]["rows"]) == presenting.MOST_TOLD  # type: ignore[index]
    assert len(screen["bars"]["labels"]) == presenting.MOST_ROWS  # type: ignore[index]


def test_the_agenda_names_the_customers_with_most_at_stake() -> None:
    part = presenting.agenda_part(paper(), sureness([0, 3]))
    assert part is not None
    assert "2 customers" in part.title
    assert [row[2] for row in part.table.rows] == ["50%", "50%"]  # type: ignore[union-attr]


def test_without_a_borderline_customer_there_is_no_agenda() -> None:
    assert presenting.agenda_part(paper(), None) is None
    assert presenting.agenda_part(paper(), sureness([])) is None


def test_decisions_are_told_newest_first_and_only_where_there_are_any() -> None:
    assert presenting.decisions_part((), SAY) is None
    log = tuple(Entry(day=date(2026, 9, day), verdict="decided", subject=f"No. {day}") for day in (1, 2))
    part = presenting.decisions_part(log, SAY)
    assert part is not None
    assert [row[2] for row in part.table.rows] == ["No. 2", "No. 1"]  # type: ignore[union-attr]


def test_a_vote_is_told_only_after_its_reveal() -> None:
    votes = (Vote("Li", {"growth": 30, "trend": 10}), Vote("Wang", {"growth": 5, "trend": 95}))
    room = RoomView("ABC234", {"growth": "", "trend": ""}, ("Li", "Wang"), None, True, votes)
    part = presenting.votes_part(room, SAY)
    assert part is not None
    first = (SAY("indicator.trend.label"), "60%", "25%", "95%")
    assert part.table.rows[0] == first  # type: ignore[union-attr]
    assert presenting.votes_part(replace(room, revealed=False, votes=()), SAY) is None
    assert presenting.votes_part(None, SAY) is None


def test_texts_reach_the_screen_as_text_never_as_markup() -> None:
    assert "innerHTML" not in presentation_script()
    assert "insertAdjacentHTML" not in presentation_script()
    assert 'data-part="screen"' in presentation_markup()
    assert "url(" not in presentation_styles()


def test_rows_beyond_the_screen_are_counted_at_its_foot():
    rows = tuple((str(number),) for number in range(presenting.MOST_TOLD + 2))
    shown = presenting.slide(Part("Rules", table=Table(("Rule",), rows, (False,)), note="of the paper"), SAY)
    assert shown["note"] == "2 more rows have no room here."
    assert presenting.slide(Part("Rules", table=Table(("Rule",), rows[:3], (False,)), note="n"), SAY)["note"] == "n"


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("CON", "scenario-CON"),
        ("nul", "scenario-nul"),
        ("../../etc/*?:|<b>", "etc------b"),
        ("名" * 200, "名" * 60),
        ("😀", "scenario"),
    ],
)
def test_a_scenario_of_any_name_has_a_file_name_that_any_disk_takes(name, stem):
    assert file_stem(Scenario(name=name)) == stem


def test_a_name_cannot_turn_the_line_it_stands_in():
    assert plain("\u202eevil\u2069 x") == "evil x"


def test_voters_who_agree_are_not_said_to_differ():
    alike, apart = spread([{"a": 2, "b": 1}] * 3, ["a", "b"]), spread([{"a": 2, "b": 1}, {"a": 1, "b": 1}], ["a", "b"])
    assert headline(alike, ["Revenue", "Recency"], 3, SAY) == "3 votes, all alike. Revenue counts most (share 67%)."
    assert "differ most on" in headline(apart, ["Revenue", "Recency"], 2, SAY)
