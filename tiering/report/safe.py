"""Text that no spreadsheet takes for a formula and no file format refuses."""

from __future__ import annotations

import re

# Spreadsheets drop blanks, and some drop what nobody sees, before they look for a formula; full-width signs are typed
# for the narrow ones.
_UNSEEN = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u202a-\u202e"
_UNSEEN += "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
_DROPPED = rf"(?:[^\S\t\r\n]|[{_UNSEEN}])*"
_FORMULA = re.compile(rf"{_DROPPED}[=+\-@\t\r＝＋－＠]")
# Where the list separator is another than the comma, quotes in mid-line count for nothing: cells end at these signs.
_PLAIN_NUMBER = r"[+\-][\d.,\s%]*(?:[;\n\r\t|]|$)"
_SPLIT = re.compile(rf"([;\n\r\t|])(?={_DROPPED}[=+\-@＝＋－＠])(?!{_DROPPED}{_PLAIN_NUMBER})")
# What turns the direction of the text after it: a name must not turn the sentence, or the line, it stands in.
_TURNING = "\u202a-\u202e\u2066-\u2069"
_TURNS = re.compile(f"[{_TURNING}]")
_UNWRITABLE = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff{_TURNING}]")
LONGEST_CELL = 32_767
CUT_MARK = "…"


def not_a_formula(text: str) -> str:
    """Text of a file or a person, with ``'`` before it, and before parts of it, where a spreadsheet would compute them.

    A part is what a spreadsheet that splits at semicolons, tabs or line ends makes a cell of; a plain number is none.

    >>> not_a_formula(" =1+1"), not_a_formula("A-1")
    ("' =1+1", 'A-1')
    """
    text = _SPLIT.sub(r"\1'", text)
    return "'" + text if _FORMULA.match(text) else text


def straight(text: str) -> str:
    """Text without the characters that turn the direction of what follows."""
    return _TURNS.sub("", text)


def cell_text(text: str) -> str:
    """Text for a cell or a sentence of any paper: nothing that XML forbids or that turns the direction of what
    follows; at most 32,767 UTF-16 units, cut with a mark.
    """
    clean = _UNWRITABLE.sub("", text)
    if len(clean) * 2 <= LONGEST_CELL or _units(clean) <= LONGEST_CELL:
        return clean
    kept = clean.encode("utf-16-le")[: 2 * (LONGEST_CELL - len(CUT_MARK))]
    return kept.decode("utf-16-le", errors="ignore") + CUT_MARK


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
