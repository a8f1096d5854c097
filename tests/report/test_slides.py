"""The deck: opened by another reader, with the figures of the story, and text that stays text."""

from __future__ import annotations

import io
from functools import cache

import pytest
from pptx import Presentation

from tests.report.four_customers import CUSTOMERS, dataset, plain, plain_tiers, tiers_of
from tiering.report import Handout
from tiering.report.slides import deck
from tiering.report.slides.sheet import HEIGHT, WIDTH, Box, fitting_size
from tiering.report.story import Part, Story, Table, story_of
from tiering.report.widths import brief, column_widths, shown
from tiering.words import LANGUAGES, Words

INCH = 914_400
STRANGE = ["=1+1", "<script>alert(1)</script>", "名" * 2000, "\u202eevil\u0007 🙂 عميل"]


@cache
def slides(language="en"):
    return Presentation(io.BytesIO(deck(story_of(Handout(plain_tiers(), plain(), Words(language)))))).slides


def texts(slide) -> list[str]:
    said = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    cells = [cell.text for shape in slide.shapes if shape.has_table for row in shape.table.rows for cell in row.cells]
    return said + cells


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_a_cover_and_one_slide_for_each_part(language):
    story = story_of(Handout(plain_tiers(), plain(), Words(language)))
    assert len(slides(language)) == 1 + len(story.parts)
    assert "Spring" in texts(slides(language)[0])
    for slide, part in zip(list(slides(language))[1:], story.parts, strict=True):
        assert part.title in texts(slide)


def test_the_tiers_on_the_slide_are_those_of_the_story():
    story = story_of(Handout(plain_tiers(), plain(), Words("en")))
    assert set(story.parts[0].table.rows[0]) <= set(texts(slides()[1]))


def test_charts_are_native_and_hold_the_shares():
    chart = next(shape.chart for shape in slides()[1].shapes if shape.has_chart)
    story = story_of(Handout(plain_tiers(), plain(), Words("en")))
    assert [tuple(series.values) for series in chart.plots[0].series] == [
        pytest.approx(shares) for _, shares in story.parts[0].chart.series
    ]


def test_nothing_leaves_the_slide():
    for slide in slides("zh"):
        for shape in slide.shapes:
            assert 0 <= shape.left <= shape.left + shape.width <= WIDTH * INCH + 2
            assert 0 <= shape.top <= shape.top + shape.height <= HEIGHT * INCH + 2


def test_strange_names_are_harmless_text():
    strange = dataset(customers=CUSTOMERS | {"customer_name": STRANGE})
    made = Presentation(io.BytesIO(deck(story_of(Handout(tiers_of(strange), strange, Words("zh"))))))
    said = "\n".join(text for slide in made.slides for text in texts(slide))
    assert "\u0007" not in said
    assert "名" * 601 not in said


def test_progress_ends_at_one():
    heard: list[float] = []
    deck(story_of(Handout(plain_tiers(), plain(), Words("en"))), heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == 1.0


def test_text_shrinks_until_it_fits_and_not_below_nine_points():
    assert fitting_size(["short"], Box(0, 0, 5, 1), 20) == 20
    assert 9 < fitting_size(["长" * 60], Box(0, 0, 5, 1), 20) < 20
    assert fitting_size(["长" * 6000], Box(0, 0, 5, 1), 20) == 9


def test_no_column_is_narrower_than_its_longest_word():
    table = Table(("Tier", "Extraordinarily long word"), (("S", "x"),), (False, False))
    first, second = column_widths(table, 6.0, 12)
    assert first + second == pytest.approx(6.0)
    assert second > first


def test_rows_without_room_on_the_slide_are_counted_at_its_foot():
    table = Table(("Rule",), tuple((f"{number} " + "long words " * 50,) for number in range(20)), (False,))
    made = Presentation(io.BytesIO(deck(Story("Title", (), (Part("Rules", table=table),), {}, "en")))).slides[1]
    kept = next(shape.table for shape in made.shapes if shape.has_table)
    left_out = 20 - (len(kept.rows) - 1)
    assert 0 < left_out < 20
    assert f"{left_out} more rows have no room here." in texts(made)


def test_rows_cut_twice_are_counted_once():
    table = Table(("Name",), (("a",), ("b",)), (False,), others=3, said="story.top.more")
    assert table.note(Words("en")) == "3 more are in the workbook."
    assert table.note(Words("en"), left_out=1) == "4 more are in the workbook."
    assert Table(("Name",), (("a",),), (False,)).note(Words("en")) == ""


def test_a_label_too_wide_for_its_chart_is_cut_with_a_mark():
    assert brief("名" * 40, 20) == "名" * 19 + "…"
    assert brief("Gold", 20) == "Gold"


def test_a_name_cannot_turn_the_sentence_it_stands_in():
    assert shown("\u202eevil\u2066 · 一般客户") == "evil · 一般客户"


def test_long_text_is_cut_with_a_mark_and_stands_in_one_line():
    assert shown("a\nb\t c") == "a b c"
    assert shown("x" * 700) == "x" * 599 + "…"
