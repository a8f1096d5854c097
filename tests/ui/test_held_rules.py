"""Rules and decisions a browser tab holds: no data among them, and nothing is believed that was not written so."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from tests.ui.test_keep import ORDERS, source_of
from tiering.decision.saved import Entry
from tiering.ingest import build_dataset
from tiering.scenario import Cuts, Scenario
from tiering.ui.base.held_rules import MOST_CHARACTERS, resumed_choices, rules_text
from tiering.ui.base.session_choices import Choices


@pytest.fixture
def session() -> Choices:
    source = source_of(ORDERS)
    dataset = build_dataset([(source.reading, source.mapping, source.sha256, source.name)])
    scenario = Scenario(name="方案", weights={"annual_revenue": 7}, cuts=Cuts(lines=(80.0, 50.0, 20.0)))
    log = (Entry(day=date(2026, 3, 1), verdict="decided", subject="王强"),)
    return Choices("zh", dataset=dataset, sources=(source,), scenario=scenario, log=log, customer_id="K1")


def test_rules_and_decisions_come_back_and_wait_for_their_file(session):
    found = resumed_choices(rules_text(session))
    assert found is not None
    assert (found.language, found.log, found.again) == ("zh", session.log, ("订单.csv",))
    assert found.resumed == session.scenario
    assert found.scenario.weights == {"annual_revenue": 7}
    assert found.scenario.cuts is None, "lines of other data are not drawn on the sample"
    assert found.dataset is None


def test_what_waits_is_still_held_after_another_restart(session):
    first = resumed_choices(rules_text(session))
    assert resumed_choices(rules_text(first)) == first


def test_on_the_sample_nothing_is_to_be_loaded_again(session):
    found = resumed_choices(rules_text(replace(session, dataset=None, sources=())))
    assert found is not None
    assert (found.scenario, found.again, found.resumed) == (session.scenario, (), None)


def test_no_line_of_the_data_is_held(session):
    text = rules_text(session)
    assert "100.5" not in text
    assert "K1" not in text
    assert "订单日期" not in text


@pytest.mark.parametrize(
    "text",
    [
        None, 7, "", "{", "[]", "null", '{"choices": []}', '{"choices": {"scenario": {"weights": 1}}, "files": []}',
        '{"choices": {"language": "xx"}, "files": 1}', "[" * 100_000,
        json.dumps({"choices": {}, "files": [], "x": "y" * MOST_CHARACTERS}),
    ],
)  # fmt: skip
def test_what_was_not_written_so_is_not_believed(text):
    assert resumed_choices(text) is None


def test_more_than_a_tab_should_hold_is_not_held(session):
    entry = session.log[0].model_copy(update={"reason": "x" * 2000})
    assert rules_text(replace(session, log=(entry,) * 500)) == ""
