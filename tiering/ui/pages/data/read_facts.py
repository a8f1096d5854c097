"""What was decided about a file while it was read: writing, sheet, header, lines left out, repairs and notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tiering.words import Words

MOST_LINES = 8


def read_facts(report: Mapping[str, Any], words: Words) -> list[str]:
    """Report of a reading → one plain sentence per decision, in the order they were taken."""
    return [*_form(report, words), *_lines(report, words), *_notes(report, words)]


def _form(report: Mapping[str, Any], words: Words) -> Iterator[str]:
    if report.get("encoding"):
        delimiter = (report.get("dialect") or {}).get("delimiter", "")
        shown = words("data.how.tab") if delimiter == "\t" else f"“{delimiter}”"
        yield words("data.how.text_file", encoding=report["encoding"], delimiter=shown)
    if report.get("sheet"):
        yield words("data.how.sheet", sheet=report["sheet"])
    if report.get("header_row"):
        yield words("data.how.header", line=report["header_row"])


def _lines(report: Mapping[str, Any], words: Words) -> Iterator[str]:
    excluded = [
        words("data.how.counted", what=words(f"excluded.{reason}"), n=count)
        for reason, count in report.get("excluded", {}).items()
        if count
    ]
    if excluded:
        yield words("data.how.excluded", list=words.listed(excluded))
    repaired = [str(one["line"]) for one in report.get("repaired", ())]
    if repaired:
        more = " …" if len(repaired) > MOST_LINES else ""
        yield words("data.how.repaired", n=len(repaired), lines=words.listed(repaired[:MOST_LINES]) + more)


def _notes(report: Mapping[str, Any], words: Words) -> Iterator[str]:
    for note in report.get("notes", ()):
        facts = {name: _shown(fact, words) for name, fact in note.items() if name != "code"}
        if words.has(f"note.{note['code']}"):
            yield words(f"note.{note['code']}", **facts)


def _shown(fact: object, words: Words) -> object:
    return words.listed([str(one) for one in fact]) if isinstance(fact, list | tuple) else fact
