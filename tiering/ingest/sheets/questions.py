"""What stays open about a table: its header, its amount, or whether it was cut rightly at all."""

from __future__ import annotations

from collections import Counter
from typing import Any

from tiering.ingest.meaning.roles import Keys
from tiering.ingest.sheets.assembled import Assembled


def open_questions(asked: list[dict[str, Any]], keys: Keys, result: Assembled) -> list[dict[str, Any]]:
    """All that is open about a table, the header first."""
    questions = list(asked)
    if result.header.sureness == "absent":
        questions.insert(0, _header_question(result))
    if keys.ask is not None:
        questions.append(keys.ask)
    used, lost = len(result.rows), Counter(one.reason for one in result.set_aside)
    if sum(lost.values()) > used and not any(one["code"] == "columns" for one in questions):
        evidence = {"why": "mostly_set_aside", "used": used, "set_aside": dict(lost)}
        questions.append({"code": "columns", "evidence": evidence, "choices": []})
    return questions


def _header_question(result: Assembled) -> dict[str, Any]:
    first = [str(value) for value in result.rows.first()]
    line = int(result.lines[0]) if len(result.lines) else 1
    return {
        "code": "header",
        "evidence": {"first_line": first},
        "choices": [{"value": "none", "preview": list(result.header.names)}, {"value": line, "preview": first}],
    }
