"""Two exports that overlap: asked about with both answers in money before anything is shown."""

from __future__ import annotations

import hashlib

import pytest
from streamlit.testing.v1 import AppTest

from tiering.ingest import read_bytes, suggest_mapping
from tiering.ui.base.source import Source
from tiering.ui.pages.data.upload import told_apart

HEADER = "订单编号,客户编号,订单日期,金额"


def source_of(lines: list[str], name: str) -> Source:
    text = "\n".join([HEADER, *lines]).encode()
    reading = read_bytes(text, name)
    return Source(name, hashlib.sha256(text).hexdigest(), reading, suggest_mapping(reading, "orders"))


@pytest.fixture(scope="module")
def exports() -> tuple[Source, ...]:
    shared = "O2,K2,2025-01-31,50.50"
    january = source_of(["O1,K1,2025-01-10,100.00", shared], "一月.csv")
    return january, source_of([shared, "O3,K1,2025-02-03,7.25"], "二月.csv")


def captions(shown: AppTest) -> list[str]:
    return [one.value.replace("\\", "") for one in shown.caption]


def test_both_answers_show_what_they_lead_to(run_page, exports) -> None:  # type: ignore[no-untyped-def]
    shown = run_page("data", "zh", waiting=exports)
    assert not shown.exception
    assert "→ 3 行，合计 157.75" in captions(shown)
    assert "→ 4 行，合计 208.25" in captions(shown)


@pytest.mark.parametrize(("answer", "lines"), [("once", 3), ("all", 4)])
def test_the_answer_opens_the_files_and_is_not_asked_again(run_page, exports, answer, lines) -> None:  # type: ignore[no-untyped-def]
    shown = run_page("data", "en", waiting=exports).button(key=f"overlap-{answer}").click().run()
    assert not shown.exception
    now = shown.session_state["choices"]
    assert now.waiting == ()
    assert now.dataset.orders.num_rows == lines
    assert now.dataset.set_aside.num_rows == 4 - lines
    assert not [one for one in shown.button if str(one.key).startswith("overlap-")]


def test_two_copies_of_one_file_stay_two_files(exports) -> None:  # type: ignore[no-untyped-def]
    copies = told_apart([exports[0], exports[0], exports[1]])
    assert len({one.sha256 for one in copies}) == 3
    assert told_apart([exports[0], exports[0], exports[1]]) == copies
