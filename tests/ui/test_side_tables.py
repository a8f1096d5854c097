"""Files beside orders and customers on the data page: asked about, told about, correctable, kept over a refresh."""

from __future__ import annotations

import hashlib

import pytest
from streamlit.testing.v1 import AppTest

from tiering.ingest import build_dataset, read_bytes, suggest_mapping
from tiering.ingest.clean.side_tables.figures import with_figures
from tiering.ui.base.keep.tables import read_dataset, write_dataset
from tiering.ui.base.source import Source
from tiering.words import Words

ORDERS = "客户编号,下单日期,金额\nC1,2024-01-05,100\nC2,2024-02-06,20\nC1,2024-03-31,3\n"
PAYMENTS = (
    "客户编号,应收金额,应付日期,付款日期\n"
    "C1,100,2024-02-01,2024-02-11\nC1,300,2024-03-01,\nC9,10,2024-01-01,2024-01-01\n"
)
INVOICES = (
    "发票号,客户编号,开票日期,应付日期,付款日期,金额\n"
    "F1,C1,2024-01-05,2024-02-05,2024-02-05,100\nF2,C2,2024-01-06,2024-02-06,,50\nF3,C1,2024-03-31,2024-04-30,,7\n"
)


def source_of(text: str, name: str) -> Source:
    reading = read_bytes(text.encode(), name)
    return Source(name, hashlib.sha256(text.encode()).hexdigest(), reading, suggest_mapping(reading))


@pytest.fixture(scope="module")
def files() -> tuple[Source, ...]:
    return source_of(ORDERS, "订单.csv"), source_of(PAYMENTS, "回款.csv")


@pytest.fixture(scope="module")
def joined(files):  # type: ignore[no-untyped-def]
    return build_dataset([(one.reading, one.mapping, one.sha256, one.name) for one in files])


def texts(shown: AppTest) -> str:
    return " ".join([*(one.value for one in shown.caption), *(one.value for one in shown.markdown)]).replace("\\", "")


@pytest.mark.parametrize(
    ("language", "gave", "strangers"),
    [
        ("zh", "补充到客户：逾期天数、逾期占比、按时付款率。", "1 家客户只在这里出现，未计入。"),
        (
            "en",
            "Adds to the customers: Days overdue, Overdue share, Paid on time.",
            "1 customer appears here alone and is left out.",
        ),
    ],
)
def test_the_page_says_what_payments_gave(run_page, files, joined, language, gave, strangers) -> None:  # type: ignore[no-untyped-def]
    shown = run_page("data", language, joined, sources=files)
    assert not shown.exception
    assert gave in texts(shown)
    assert strangers in texts(shown)


@pytest.mark.parametrize(
    ("answer", "roles"), [("orders", ["orders"]), ("payments", ["payments"]), ("both", ["orders", "payments"])]
)
def test_an_invoice_list_is_asked_about_and_the_answer_opens_it(run_page, answer, roles) -> None:  # type: ignore[no-untyped-def]
    shown = run_page("data", "zh", waiting=(source_of(INVOICES, "发票.csv"),))
    assert "“发票.csv”的每一行是什么？" in texts(shown)
    label = Words("zh")(f"question.rows_are.choice.{answer}")
    (said,) = [one for one in shown.button if one.label.replace("\\", "") == label]
    said.click().run()
    assert not shown.exception
    now = shown.session_state["choices"]
    assert now.waiting == ()
    assert [one.role for one in now.dataset.sources] == roles
    assert all(one.read == 4 for one in now.dataset.sources)
    customers = with_figures(now.dataset, now.dataset.last_order_date).customers
    told = [] if customers is None else customers.column_names
    assert ("overdue_days" in told) == ("payments" in roles)


def test_a_file_can_be_told_to_be_another_kind(run_page, files, joined) -> None:  # type: ignore[no-untyped-def]
    shown = run_page("data", "en", joined, sources=files)
    control = next(one for one in shown.button_group if one.key == f"role-{files[1].sha256[:12]}")
    assert len(control.options) == 5
    control.set_value("orders").run()
    assert not shown.exception


def test_what_was_told_outlives_a_refresh(tmp_path, joined) -> None:  # type: ignore[no-untyped-def]
    write_dataset(tmp_path, joined)
    assert read_dataset(tmp_path).side_accounts == joined.side_accounts  # type: ignore[union-attr]
