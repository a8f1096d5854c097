"""The chapters of the policy, and the Word document of them that people can edit, sign and file."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Inches, Pt, RGBColor

from tiering.report.handout import Handout, Progress, steps
from tiering.report.policy.chapters import (
    appeals_chapter,
    hand_chapter,
    kpi_chapter,
    log_chapter,
    points_chapter,
    review_chapter,
    rights_chapter,
    roles_chapter,
)
from tiering.report.policy.scheme import criteria_chapter, lines_chapter, newcomers_chapter, purpose_chapter
from tiering.report.story import Part, Table, basis_part, facts
from tiering.report.widths import column_widths, shown
from tiering.said.colours import ink_on
from tiering.words.locale import Locale

HEADER, LINE = "1F4E79", "C9D1D9"
BODY, SMALL = 10.5, 9
MOST_KEPT, LONGEST_KEPT = 8, 100  # rows, and letters of a cell, of a table that is not broken between two pages
WIDTH = 6.45  # inches between the margins


def policy(handout: Handout, progress: Progress | None = None) -> bytes:
    """Tiers with their data → DOCX of the policy: cover lines, numbered chapters, page numbers."""
    paper = Document()
    _page(paper, handout)
    words = handout.words
    title = paper.add_paragraph()
    _run(title, words("policy.title"), size=22, bold=True)
    _run(paper.add_paragraph(), handout.tiering.scenario.name or words("policy.unnamed"), size=14)
    for fact in facts(handout):
        _run(paper.add_paragraph(), fact, size=BODY, colour="6B7785")
    colours = dict(zip(handout.tiering.scenario.tiers, handout.colours, strict=False))
    for number, chapter in enumerate(steps(chapters(handout), progress), start=1):
        _chapter(paper, words("policy.chapter", n=number, title=chapter.title), chapter, colours)
    written = io.BytesIO()
    paper.save(written)
    return written.getvalue()


def _page(paper: Any, handout: Handout) -> None:
    """Margins, fonts and the page number at the foot."""
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    section.top_margin = section.bottom_margin = Cm(2.2)
    paper.styles["Normal"].font.size = Pt(BODY)
    paper.styles["Normal"].paragraph_format.space_after = Pt(4)
    for name in ("Normal", "Heading 1"):
        _set_fonts(paper.styles[name], handout.words.locale)
    paper.core_properties.title = shown(handout.words("policy.title"))
    paper.core_properties.author = ""
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _page_number(foot)


def _set_fonts(style: Any, locale: Locale) -> None:
    """Western and East Asian font, in place of those that the file's theme has for headings."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script, font in (("ascii", locale.latin), ("hAnsi", locale.latin), ("eastAsia", locale.asian)):
        fonts.set(qn(f"w:{script}"), font)


def _page_number(paragraph: Any) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _chapter(paper: Any, title: str, chapter: Part, colours: dict[str, str]) -> None:
    heading = paper.add_paragraph(style="Heading 1")
    heading.paragraph_format.space_before, heading.paragraph_format.keep_with_next = Pt(14), True
    _run(heading, title, size=14, bold=True, colour=HEADER)
    for sentence in chapter.sentences:
        _run(paper.add_paragraph(), sentence, size=BODY)
    if chapter.table is not None and chapter.table.rows:
        _table(paper, chapter.table, colours)
    if chapter.note:
        foot = paper.add_paragraph()
        foot.paragraph_format.space_before = Pt(4)
        _run(foot, chapter.note, size=SMALL, colour="6B7785")
    elif chapter.table is not None:
        gap = paper.add_paragraph().paragraph_format  # without a paragraph between them two tables grow together
        gap.line_spacing, gap.space_after = Pt(4), Pt(0)


def _table(paper: Any, table: Table, colours: dict[str, str]) -> None:
    made = paper.add_table(rows=1 + len(table.rows), cols=len(table.headers))
    _thin_lines(made)
    made.autofit = False
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    widths = [Inches(width) for width in column_widths(table, WIDTH, SMALL)]
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    for row, texts in enumerate((table.headers, *table.rows)):
        cells = made.rows[row].cells
        for column, text in enumerate(texts):
            tier = colours.get(text, "") if row and column == table.tiers else ""
            cells[column].width = widths[column]
            _cell(cells[column], text, HEADER if row == 0 else tier.lstrip("#"), table.numeric[column])
        if row < len(table.rows) and _is_kept(table):
            cells[0].paragraphs[0].paragraph_format.keep_with_next = True
    _repeat(made.rows[0])


def _is_kept(table: Table) -> bool:
    """Whether a table is so short that it stands on one page."""
    return len(table.rows) <= MOST_KEPT and max(len(cell) for row in table.rows for cell in row) <= LONGEST_KEPT


def _thin_lines(made: Any) -> None:
    """Thin pale lines around all cells."""
    lines = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", LINE)):
            line.set(qn(f"w:{name}"), value)
        lines.append(line)
    # the format fixes the order of a table's properties: lines stand before the layout
    made._tbl.tblPr.insert_element_before(
        lines, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption", "w:tblDescription"
    )


def _cell(cell: Any, text: str, ground: str, numeric: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if numeric else WD_ALIGN_PARAGRAPH.LEFT
    ink = ink_on(f"#{ground}").lstrip("#") if ground else "2F3A46"
    _run(paragraph, text, size=SMALL, bold=ground == HEADER, colour=ink)
    if ground:
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", ground.upper())):
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shade)


def _repeat(row: Any) -> None:
    """A row that stands on top of each page. Rows may break: where they must not, some programs lose them instead."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _run(paragraph: Any, text: str, *, size: float, bold: bool = False, colour: str = "2F3A46") -> None:
    run = paragraph.add_run(shown(text))
    run.font.size, run.bold = Pt(size), bold
    run.font.color.rgb = RGBColor.from_string(colour.upper())


def chapters(handout: Handout) -> tuple[Part, ...]:
    """Purpose, criteria and weights, lines, newcomers, points and caps, exceptions, appeals, review, rights and
    service levels, KPIs, responsibilities, data basis, and the decisions there were.
    """
    told = (
        purpose_chapter(handout),
        criteria_chapter(handout),
        lines_chapter(handout),
        newcomers_chapter(handout),
        points_chapter(handout),
        hand_chapter(handout),
        appeals_chapter(handout),
        review_chapter(handout),
        rights_chapter(handout),
        kpi_chapter(handout),
        roles_chapter(handout),
        basis_part(handout),
        log_chapter(handout),
    )
    return tuple(chapter for chapter in told if chapter is not None)
