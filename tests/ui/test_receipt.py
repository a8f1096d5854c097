"""The receipt: what was understood of a file, what is open, and where its money went."""

from __future__ import annotations

import hashlib

import pandas as pd
import pytest

from tests.ingest.meaning.drafts import draft, understood
from tiering.claims import Claim, NotUsed, Step
from tiering.dataset import Meaning
from tiering.ingest import read_bytes, suggest_mapping
from tiering.ingest.drop import built
from tiering.report.set_aside import every_line_csv
from tiering.said.meaning import deserves_a_look, receipt_line
from tiering.ui.base.source import Source
from tiering.ui.pages.data.receipt import bridge_rows, claims_to_change
from tiering.words import Words

BILLS = (
    "订单编号,客户,下单日期,金额,订单状态\n1,甲,2025-10-05,1200,已完成\n2,甲,2025-11-05,5000,已取消\n"
    "3,乙,2025-12-15,800,已完成\n4,乙,2026-01-15,300,样机借出\n"
)
REVENUE = {"甲": 1200.0, "乙": 1100.0}


def source_of(text: str, name: str = "单据.csv") -> Source:
    content = text.encode()
    reading = read_bytes(content, name)
    return Source(name, hashlib.sha256(content).hexdigest(), reading, suggest_mapping(reading))


def said(shown) -> str:  # type: ignore[no-untyped-def]
    parts = [*shown.markdown, *shown.caption, *shown.subheader]
    return "\n".join(one.value for one in parts).replace("\\", "")


@pytest.fixture
def waiting(run_page):  # type: ignore[no-untyped-def]
    return run_page("data", "zh", waiting=(source_of(BILLS),))


def test_a_file_with_an_open_question_waits_and_nothing_of_the_sample_is_shown_as_its_own(waiting) -> None:  # type: ignore[no-untyped-def]
    assert not waiting.exception
    assert "文件合计 7,300，计入 2,300；还有 1 处请您定。" in said(waiting)
    assert not waiting.metric
    assert waiting.session_state["choices"].dataset is None


def test_taking_all_proposals_opens_the_file_and_keeps_the_answers(waiting) -> None:  # type: ignore[no-untyped-def]
    shown = waiting.button(key="take-all").click().run()
    assert not shown.exception
    now = shown.session_state["choices"]
    assert now.waiting == ()
    assert now.scenario.answers["states"]["样机借出"] == "yes"
    orders = now.dataset.orders.to_pandas()
    assert orders.groupby("customer_id")["amount"].sum().astype(float).to_dict() == REVENUE
    assert "没有待定的问题" in said(shown)


def test_an_answer_can_be_asked_for_again(waiting) -> None:  # type: ignore[no-untyped-def]
    shown = waiting.button(key="take-all").click().run()
    (again,) = [one for one in shown.button if str(one.key).startswith("ask-again")]
    shown = again.click().run()
    assert shown.session_state["choices"].scenario.answers == {}
    assert "还有 1 处请您定" in said(shown)


def test_a_question_answered_is_changed_at_one_claim_the_one_the_answer_names() -> None:
    kind, state = Claim("states", {"销售": "yes"}, "sure"), Claim("states", {"样机借出": "yes"}, "sure")
    orders, bills = (Claim("rows_are", "orders", "sure", file=name) for name in ("订单.csv", "发票.csv"))
    answers = {"states": {"样机借出": "yes"}, "rows_are": {"发票.csv": "orders"}}
    assert set(map(id, claims_to_change([orders, bills, kind, state], answers))) == {id(bills), id(state)}
    assert claims_to_change([kind, state], {"states": {"换货": "no"}}) == [kind]
    assert claims_to_change([orders, bills], {}) == []


def test_the_file_taken_as_it_is_counts_every_line(waiting) -> None:  # type: ignore[no-untyped-def]
    shown = waiting.toggle(key="as-it-is-False").set_value(True).run()
    assert not shown.exception
    dataset = shown.session_state["choices"].dataset
    assert dataset.orders.num_rows == 4
    assert dataset.meaning.bridge[-1].money == 7300


def test_every_line_comes_back_with_what_became_of_it() -> None:
    rows = every_line_csv(understood(BILLS), Words("en")).decode("utf-8-sig").splitlines()
    assert [row.split(",")[1:3] for row in rows[1:]] == [
        ["2", "counts"],
        ["3", rows[2].split(",")[2]],
        ["4", "counts"],
        ["5", "counts"],
    ]
    assert rows[2].split(",")[2] != "counts"


def test_a_cell_of_the_file_comes_back_as_text_and_never_as_a_formula() -> None:
    rows = every_line_csv(understood(BILLS.replace("甲", "=1+1")), Words("en")).decode("utf-8-sig")
    assert ",'=1+1," in rows
    assert ",=1+1," not in rows


def test_the_bars_of_the_bridge_begin_and_end_at_zero() -> None:
    steps = (Step("total", 4, 73), Step("not_counted", -1, -50), Step("set_aside", -1, -3), Step("counted", 2, 20))  # type: ignore[arg-type]
    rows = bridge_rows(steps, "", Words("en"))
    assert rows["start"].tolist() == [0, 73, 23, 0]
    assert rows["end"].tolist() == [73, 23, 20, 20]
    assert rows["kind"].tolist() == ["total", "less", "less", "counted"]
    assert isinstance(rows, pd.DataFrame)


def test_all_lines_counted_is_said_only_where_all_are() -> None:
    words = Words("en")
    assert "2.30K of 7.30K counted" in receipt_line(built(understood(BILLS)), words)
    clean = BILLS.replace("已取消", "已完成").replace("样机借出", "已完成")
    assert "all 4 lines counted" in receipt_line(built(understood(clean)), words)


def test_the_receipt_opens_by_itself_where_what_was_taken_moves_more_than_a_hundredth() -> None:
    assert not deserves_a_look(Meaning())
    meaning = built(understood(BILLS)).meaning
    assert deserves_a_look(meaning) == any(claim.degree == "likely" for claim in meaning.claims)


def test_a_file_that_holds_no_table_is_named(run_page) -> None:  # type: ignore[no-untyped-def]
    clean = source_of(BILLS.replace("样机借出", "已完成"))
    none = (NotUsed("说明.csv", "no_table"),)
    shown = run_page("data", "zh", built(understood(BILLS)), sources=(clean,), unused=none)
    assert not shown.exception
    assert "“说明.csv”中没有表格。" in said(shown)


def test_what_somebody_says_a_file_holds_is_taken() -> None:
    assert draft(BILLS, role="orders").mapping.role == "orders"
