"""Text of a file never becomes a formula, and always fits a cell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiering.report.csv import csv_line
from tiering.report.safe import LONGEST_CELL, cell_text, not_a_formula, straight


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", " =1+1", "\u00a0=1", "\u3000=1",
        "=cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "＝1+1", "－1", "＋86", "＠x", "-",
    ],
)  # fmt: skip
def test_text_that_begins_like_a_formula_gets_an_apostrophe(text):
    assert not_a_formula(text) == "'" + text


@pytest.mark.parametrize(
    "text", ["", "A-1", "1+1", "a=b", "me@firm.com", "客户=1", "'=1", '"=1"', "(-1)", "中–外", " x"]
)
def test_other_text_stays_as_it_is(text):
    assert not_a_formula(text) == text


@given(st.text())
def test_no_text_begins_like_a_formula_afterwards(text):
    assert not_a_formula(text).lstrip(" \u00a0\u3000\n")[:1] not in {"=", "+", "-", "@", "\t", "\r"}


@given(st.text())
def test_only_an_apostrophe_is_ever_added(text):
    assert not_a_formula(text).replace("'", "") == text.replace("'", "")


@pytest.mark.parametrize(("text", "safe"), [("\n=1", "\n'=1"), ("\r\n=1", "'\r\n'=1"), ("  \t=1", "'  \t'=1")])
def test_a_formula_on_a_line_of_its_own_is_none(text, safe):
    assert not_a_formula(text) == safe


def test_control_characters_leave_a_cell():
    assert cell_text("a\x00b\x0bc\x1fd\ufffee") == "abcde"


@pytest.mark.parametrize("turn", ["\u202e", "\u202d", "\u202a", "\u2066", "\u2067", "\u2069"])
def test_nothing_in_a_cell_turns_the_direction_of_what_follows(turn):
    assert cell_text(f"Acme {turn}moc.live") == straight(f"Acme {turn}moc.live") == "Acme moc.live"


def test_names_written_from_right_to_left_stay_as_they_are():
    assert cell_text("شركة النور") == straight("شركة النور") == "شركة النور"


def test_line_breaks_and_tabs_stay_in_a_cell():
    assert cell_text("a\tb\nc") == "a\tb\nc"


def test_a_text_of_the_longest_length_is_whole():
    assert cell_text("x" * LONGEST_CELL) == "x" * LONGEST_CELL


def test_a_longer_text_is_cut_with_a_mark():
    shown = cell_text("x" * (LONGEST_CELL + 1))
    assert len(shown) == LONGEST_CELL
    assert shown.endswith("x…")


def test_characters_outside_the_basic_plane_count_twice():
    shown = cell_text("𠮷" * 20_000)
    assert len(shown.encode("utf-16-le")) // 2 <= LONGEST_CELL
    assert set(shown) == {"𠮷", "…"}


@given(st.text(alphabet=st.characters()))
def test_every_cell_text_can_be_written_as_xml(text):
    import xml.etree.ElementTree as tree
    from xml.sax.saxutils import escape

    assert tree.fromstring(f"<c>{escape(cell_text(text))}</c>") is not None


@pytest.mark.parametrize(
    "unseen", ["\u200b", "\u00ad", "\ufeff", "\u2060", "\u200d", " \u200b ", "\x01", "\u3164", "\x7f"]
)
@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝"])
def test_what_nobody_sees_hides_no_formula(unseen, sign):
    assert not_a_formula(f"{unseen}{sign}1+1") == f"'{unseen}{sign}1+1"


def cells_by(text: str, separator: str) -> list[str]:
    """Cells a spreadsheet makes of a line where quotes in mid-line count for nothing."""
    return [cell for line in text.splitlines() for cell in line.split(separator)]


@pytest.mark.parametrize("separator", [";", "\t", "|"])
@pytest.mark.parametrize(
    "name",
    ["Li;=cmd|'/c calc'!A0;", "Li\n=1+1", "Li\r\n\u200b=1+1", "Li\t=1+1", "Li; @SUM(1)", "Li;-1+cmd|x", "|+cmd"],
)
def test_a_spreadsheet_that_splits_elsewhere_finds_no_formula(separator, name):
    line = csv_line(["K1", not_a_formula(name), "5"])
    found = [cell.lstrip(" \u200b") for cell in cells_by(line, separator)]
    assert [cell for cell in found if cell.startswith(("=", "+", "-", "@"))] == []


@pytest.mark.parametrize("text", ["2026-01-05;-20,50;+3", "5;-20", "a - b; c", "x\n-5\n"])
def test_plain_numbers_of_a_line_with_semicolons_stay_as_they_are(text):
    assert not_a_formula(text) == text
