"""Story → PowerPoint file: a cover, then one message a slide."""

from __future__ import annotations

import io
from typing import Any

from pptx import Presentation
from pptx.util import Inches

from tiering.report.handout import Progress, steps
from tiering.report.slides.exhibits import add_chart, add_table
from tiering.report.slides.sheet import HEIGHT, INK, MARGIN, QUIET, WIDTH, Box, Sheet
from tiering.report.story import Part, Story
from tiering.words import Words

BLANK = 6  # of the default template: a slide without placeholders
TOP, BOTTOM = 1.45, 6.75
SENTENCE = 0.4
GAP = 0.2
TABLE_SHARE = 0.58  # of the width, where a chart stands beside the table


def deck(story: Story, progress: Progress | None = None) -> bytes:
    """Story → PPTX, 16:9, one slide a part after the cover; ``progress`` hears the share that is done."""
    made = Presentation()
    made.slide_width, made.slide_height = Inches(WIDTH), Inches(HEIGHT)
    _cover(_sheet(made, story), story)
    for part in steps(story.parts, progress):
        _part(_sheet(made, story), part)
    _number(made, story)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def _sheet(made: Any, story: Story) -> Sheet:
    return Sheet(made.slides.add_slide(made.slide_layouts[BLANK]), story)


def _cover(sheet: Sheet, story: Story) -> None:
    sheet.rule(Box(MARGIN, 3.0, 1.2, 0.06))
    sheet.text(Box(MARGIN, 1.6, WIDTH - 2 * MARGIN, 1.3), [story.title], size=40, bold=True, anchor="bottom")
    sheet.text(Box(MARGIN, 3.3, WIDTH - 2 * MARGIN, 2.0), list(story.facts), size=18, colour=QUIET)


def _part(sheet: Sheet, part: Part) -> None:
    """The message on top, what is said below it, then table and chart side by side, the note at the foot."""
    sheet.text(Box(MARGIN, 0.4, WIDTH - 2 * MARGIN, 0.9), [part.title], size=26, bold=True, anchor="middle")
    top = TOP
    if part.sentences:
        sheet.text(Box(MARGIN, top, WIDTH - 2 * MARGIN, SENTENCE * len(part.sentences)), list(part.sentences), size=16)
        top += SENTENCE * len(part.sentences) + GAP
    room = Box(MARGIN, top, WIDTH - 2 * MARGIN, BOTTOM - top)
    left, right = room.parted(GAP * 2, TABLE_SHARE) if part.table and part.chart else (room, room)
    if part.chart is not None:
        add_chart(sheet, right, part.chart)
    left_out = add_table(sheet, left, part.table) if part.table is not None else 0
    note = part.table.note(Words(sheet.story.language), left_out) if part.table and left_out else part.note
    if note:
        sheet.text(Box(MARGIN, BOTTOM + 0.1, WIDTH - 2 * MARGIN - 1, 0.5), [note], size=11, colour=QUIET)


def _number(made: Any, story: Story) -> None:
    for number, slide in enumerate(made.slides, start=1):
        if number > 1:
            Sheet(slide, story).text(
                Box(WIDTH - MARGIN - 1, BOTTOM + 0.1, 1, 0.4), [str(number)], size=10, colour=INK, align="right"
            )
