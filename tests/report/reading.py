"""Papers read back by programs other than those that wrote them."""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape

import docx
import openpyxl
from pptx import Presentation

from tiering.report import Handout
from tiering.report.papers import PAPERS, PaperKind

Tables = list[list[tuple[str, ...]]]


def written(handout: Handout, kind: PaperKind) -> bytes:
    return PAPERS[kind].written(handout, None)


def tables(content: bytes, kind: PaperKind) -> Tables:
    """All tables of a paper as rows of texts."""
    return {"xlsx": _sheets, "pptx": _slides, "docx": _document, "html": _page}[kind](content)


def text_of(content: bytes, kind: PaperKind) -> str:
    """Everything that is written in a paper, as its file holds it."""
    if kind == "html":
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.endswith(".xml")]
        return "\n".join(archive.read(name).decode() for name in names)


def titles(content: bytes) -> list[str]:
    """What stands on top of each slide."""
    return [_texts(slide)[0] for slide in Presentation(io.BytesIO(content)).slides]


def _texts(slide: object) -> list[str]:
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame and shape.text_frame.text]  # type: ignore[attr-defined]


def _sheets(content: bytes) -> Tables:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [
        [tuple("" if cell is None else str(cell) for cell in row) for row in sheet.values] for sheet in book.worksheets
    ]


def _slides(content: bytes) -> Tables:
    slides = Presentation(io.BytesIO(content)).slides
    return [
        [tuple(cell.text for cell in row.cells) for row in shape.table.rows]
        for slide in slides
        for shape in slide.shapes
        if shape.has_table
    ]


def _document(content: bytes) -> Tables:
    return [
        [tuple(cell.text for cell in row.cells) for row in table.rows]
        for table in docx.Document(io.BytesIO(content)).tables
    ]


def _page(content: bytes) -> Tables:
    def cells(row: str) -> tuple[str, ...]:
        found = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL)
        return tuple(unescape(re.sub("<[^>]+>", "", cell)).strip() for cell in found)

    page = content.decode()
    return [
        [cells(row) for row in re.findall(r"<tr.*?</tr>", table, re.DOTALL)]
        for table in re.findall(r"<table.*?</table>", page, re.DOTALL)
    ]
