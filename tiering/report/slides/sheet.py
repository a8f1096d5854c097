"""One slide as a sheet of paper: boxes in inches, text, thin rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from tiering.report.story import Story
from tiering.report.widths import lines_needed, shown
from tiering.words.locale import Language, locale_of

WIDTH, HEIGHT, MARGIN = 13.333, 7.5, 0.7
INK, QUIET, ACCENT = "#2f3a46", "#6b7785", "#1f4e79"

Align = Literal["left", "right"]
Anchor = Literal["top", "middle", "bottom"]
ALIGNED = {"left": PP_ALIGN.LEFT, "right": PP_ALIGN.RIGHT}


@dataclass(frozen=True)
class Box:
    """A place on the slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    def parted(self, gap: float, share: float) -> tuple[Box, Box]:
        """Left part, ``share`` of what the gap leaves, and right part."""
        left, right = (self.width - gap) * share, (self.width - gap) * (1 - share)
        return Box(self.left, self.top, left, self.height), Box(self.left + left + gap, self.top, right, self.height)

    @property
    def emu(self) -> tuple[Any, Any, Any, Any]:
        """The place as the file counts it."""
        return Inches(self.left), Inches(self.top), Inches(self.width), Inches(self.height)


@dataclass(frozen=True)
class Sheet:
    """A slide being written, and the story it belongs to."""

    slide: Any
    story: Story

    def text(  # noqa: PLR0913 - what a piece of text looks like
        self,
        box: Box,
        lines: Sequence[str],
        *,
        size: float,
        bold: bool = False,
        colour: str = INK,
        align: Align = "left",
        anchor: Anchor = "top",
    ) -> None:
        """Lines of text in a box, each a paragraph; shrunk by steps where it would not fit."""
        frame = self.slide.shapes.add_textbox(*box.emu).text_frame
        frame.word_wrap = True
        frame.vertical_anchor = {"top": MSO_ANCHOR.TOP, "middle": MSO_ANCHOR.MIDDLE, "bottom": MSO_ANCHOR.BOTTOM}[
            anchor
        ]
        fitted = fitting_size(lines, box, size)
        for number, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.alignment = ALIGNED[align]
            paragraph.space_after = Pt(4)
            self.run(paragraph, line, fitted, bold=bold, colour=colour)

    def run(self, paragraph: Any, text: str, size: float, *, bold: bool = False, colour: str = INK) -> None:
        """A piece of text in the story's font; what the file format forbids is left out, and much of it is cut."""
        run = paragraph.add_run()
        run.text = shown(text)
        run.font.size, run.font.bold = Pt(size), bold
        run.font.color.rgb = rgb(colour)
        set_font(run, self.story.language)

    def rule(self, box: Box) -> None:
        """A filled bar without an outline."""
        shape = self.slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.emu)
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(ACCENT)
        shape.line.fill.background()


def rgb(colour: str) -> RGBColor:
    """``#rrggbb`` → colour of the file."""
    return RGBColor.from_string(colour.lstrip("#").upper())


def set_font(run: Any, language: Language) -> None:
    """Western and East Asian font of a run: a Chinese slide must not fall back to a font without its characters."""
    locale = locale_of(language)
    run.font.name = locale.latin
    properties = run._r.get_or_add_rPr()
    properties.set("lang", locale.tag)
    for tag in ("a:ea", "a:cs"):
        element = properties.makeelement(qn(tag), {"typeface": locale.asian})
        properties.append(element)


def fitting_size(lines: Sequence[str], box: Box, size: float) -> float:
    """The size at which the lines fit their box, ``size`` at most and 9 points at least."""
    while size > 9 and lines_needed(lines, box.width, size) * size * 1.3 / 72 > box.height:
        size -= 1
    return size
