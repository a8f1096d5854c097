"""Text of files and people is text in every paper, whatever it looks like."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from functools import cache

import pyarrow as pa
import pytest

from tests.report.four_customers import LINES, orders_table
from tests.report.reading import tables, text_of, written
from tiering.dataset import Dataset, SourceFacts
from tiering.decision.saved import Entry
from tiering.evaluate import evaluate
from tiering.report import Handout, customers_csv_for_people
from tiering.report.papers import PAPERS, PaperKind
from tiering.scenario import Cuts, Scenario
from tiering.scenario.exceptions import Appeal, Ledger, Override
from tiering.words import Words

FORMULA, MARKUP, LONG = "=1+1", "<script>alert(1)</script>", "长" * 2_000
FACE, TURNED = "👩‍👧 Ünïcode", "good\u202egnp.exe"
NAMES = {"big": LONG, "small": MARKUP, "gone": FORMULA, "never": FACE + TURNED}
KINDS: tuple[PaperKind, ...] = tuple(PAPERS)


@cache
def handout() -> Handout:
    listed = {
        "customer_id": list(NAMES),
        "customer_name": list(NAMES.values()),
        MARKUP: [FORMULA, MARKUP, LONG, TURNED],
    }
    source = SourceFacts(f"{MARKUP}{TURNED}.csv", "orders", 6, 6, 1)
    data = Dataset(orders_table(LINES), pa.table(listed), pa.table({}), (source,), "f" * 64, "¥")
    hand = Override(customer_id="small", tier=FORMULA, reason=MARKUP, owner=TURNED, expires=date(2027, 1, 1))
    appeal = Appeal(customer_id="big", objection=LONG[:1_000], answer=FORMULA, by=TURNED)
    scenario = Scenario(
        name=MARKUP + TURNED,
        tiers=(FORMULA, "<b>"),
        weights={"annual_revenue": 1},
        cuts=Cuts(lines=(50.0,)),
        ledger=Ledger(overrides=(hand,), appeals=(appeal,)),
    )
    log = (Entry(day=date(2026, 3, 1), verdict="decided", subject=MARKUP, reason=TURNED + FORMULA, by=FACE),)
    now = evaluate(data, scenario)
    before = evaluate(data, scenario.model_copy(update={"ledger": Ledger(), "cuts": Cuts(lines=(0.0,))}))
    return Handout(now, data, Words("zh"), before, ("#7a4a00", "#93a8b8"), log)


@cache
def paper(kind: PaperKind) -> bytes:
    return written(handout(), kind)


@pytest.mark.parametrize("kind", KINDS)
def test_another_program_reads_the_names_as_they_are(kind: PaperKind) -> None:
    cells = {cell for rows in tables(paper(kind), kind) for row in rows for cell in row}
    assert any(FORMULA in cell for cell in cells)
    assert any(MARKUP in cell for cell in cells)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_turns_the_direction_of_what_follows(kind: PaperKind) -> None:
    text = text_of(paper(kind), kind)
    assert "goodgnp.exe" in text
    assert not re.search("[\u202a-\u202e\u2066-\u2069]|&#x202e|&#8238", text, re.IGNORECASE)


@pytest.mark.parametrize("kind", KINDS)
def test_markup_stays_text(kind: PaperKind) -> None:
    assert "<script" not in text_of(paper(kind), kind).lower()


def test_no_cell_of_the_workbook_is_a_formula_or_a_link() -> None:
    with zipfile.ZipFile(io.BytesIO(paper("xlsx"))) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)


@pytest.mark.parametrize("kind", ["pptx", "docx"])
def test_a_name_of_two_thousand_letters_is_cut_where_it_would_fill_the_paper(kind: PaperKind) -> None:
    longest = max((cell for rows in tables(paper(kind), kind) for row in rows for cell in row), key=len)
    assert longest.endswith("…")
    assert len(longest) < len(LONG)


def test_the_csv_computes_nothing() -> None:
    text = customers_csv_for_people(handout().tiering, handout().dataset, Words("zh")).decode("utf-8-sig")
    assert f"'{FORMULA}" in text
    assert f",{FORMULA}" not in text
    assert "\u202e" not in text
