"""Sheet of what lies behind the tiers: scheme, weights, lines, date, files, fingerprints."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

from tiering.evaluate import Tiering, tiers_hash
from tiering.indicators.selection import chosen_indicators, is_expected
from tiering.report.excel.sheets import HEADER, HEADER_HEIGHT, ROW_HEIGHT, Sheets, header_look, write_text
from tiering.report.handout import Handout
from tiering.said.kinds import Kind
from tiering.said.labels import reason_counts
from tiering.said.meaning import claim_sentence, not_used_sentence, step_label
from tiering.said.scheme_notes import money_meaning, population_rules
from tiering.said.tiered_customers import tiered_customers
from tiering.said.ways import tier_sentences
from tiering.tiers.score import MILLI
from tiering.words import Words

Cell = str | float | date | None
Block = tuple[tuple[tuple[str, Kind], ...], list[list[Cell]]]
Typed = tuple[str, Cell, Kind]

KEY = "report.definitions"
LINE_COLUMNS: tuple[tuple[str, Kind], ...] = (("lines", "text"), ("score", "score"), ("drawn", "text"))
INDICATOR_COLUMNS: tuple[tuple[str, Kind], ...] = (
    ("weights", "text"),
    ("weight", "count"),
    ("share", "share"),
    ("meaning", "text"),
)
FILE_COLUMNS: tuple[tuple[str, Kind], ...] = (
    ("file", "text"),
    ("kind", "text"),
    *((name, "count") for name in ("read", "header", "excluded", "used", "set_aside")),
    ("reasons", "text"),
)
BRIDGE_COLUMNS: tuple[tuple[str, Kind], ...] = (("step", "text"), ("lines_moved", "count"), ("money_moved", "money"))
CLAIM_COLUMNS: tuple[tuple[str, Kind], ...] = (("understood", "text"),)


def write_definitions(sheets: Sheets, handout: Handout) -> None:
    """Facts, cut lines, indicators with their shares, files line by line, fingerprint and result hash."""
    words = handout.words
    sheet = sheets.add(words("report.sheet.definitions"))
    row = _write_facts(sheets, sheet, 0, _facts(handout)) + 1
    for block in (_lines(handout), _indicators(handout), _files(handout), *_bridge(handout)):
        row = _write_block(sheets, sheet, row, block, words) + 1
    _write_facts(sheets, sheet, row, _fingerprints(handout))
    sheet.set_default_row(ROW_HEIGHT)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 2, 14)
    sheet.set_column(3, 7, 13)


def weight_shares(tiering: Tiering) -> dict[str, float]:
    """Share of each available indicator in the sum of their weights, 0..1."""
    weights = {key: tiering.scenario.weights.get(key, 0) for key in tiering.base.matrix.keys}
    total = sum(weights.values())
    return {key: weight / total if total else 0.0 for key, weight in weights.items()}


def _facts(handout: Handout) -> list[Typed]:
    words, tiering = handout.words, handout.tiering
    scenario = tiering.scenario
    revenue = tiered_customers(tiering)["revenue"].dropna()
    return [
        (words(f"{KEY}.scenario"), scenario.name or words(f"{KEY}.unnamed"), "text"),
        (words(f"{KEY}.tiers"), " / ".join(scenario.tiers), "text"),
        (words(f"{KEY}.goal"), words(f"goal.{scenario.goal}"), "text"),
        (words(f"{KEY}.as_of"), tiering.base.as_of, "date"),
        (words(f"{KEY}.window"), scenario.window_months, "count"),
        (words(f"{KEY}.basis"), words(f"basis.{scenario.revenue}"), "text"),
        (words(f"{KEY}.money"), money_meaning(scenario, words), "text"),
        (words(f"{KEY}.population"), population_rules(scenario.population, words) or words(f"{KEY}.everybody"), "text"),
        *_currency(handout),
        (words(f"{KEY}.customers"), len(tiering.tiers), "count"),
        (words(f"{KEY}.revenue"), round(math.fsum(revenue), 2) if len(revenue) else None, "money"),
    ]


def _currency(handout: Handout) -> list[Typed]:
    sign = handout.dataset.currency
    return [(handout.words(f"{KEY}.currency"), sign, "text")] if sign else []


def _fingerprints(handout: Handout) -> list[Typed]:
    words = handout.words
    return [
        (words(f"{KEY}.fingerprint"), handout.dataset.fingerprint, "text"),
        (words(f"{KEY}.hash"), tiers_hash(handout.tiering), "text"),
    ]


def _lines(handout: Handout) -> Block:
    words, tiering = handout.words, handout.tiering
    places = [*(position / MILLI for position in tiering.positions), *[None] * len(tiering.scenario.tiers)]
    told = zip(tiering.scenario.tiers, places, tier_sentences(tiering, words), strict=False)
    return LINE_COLUMNS, [[words(f"{KEY}.line", tier=name), place, text] for name, place, text in told]


def _indicators(handout: Handout) -> Block:
    words, tiering = handout.words, handout.tiering
    shares, unavailable = weight_shares(tiering), tiering.base.matrix.unavailable
    lines: list[list[Cell]] = []
    for indicator in chosen_indicators(tiering.scenario.measures):
        key, weight = indicator.key, tiering.scenario.weights.get(indicator.key, 0)
        if key in shares:
            lines.append([words(f"indicator.{key}.label"), weight, shares[key], words(f"indicator.{key}.hint")])
        elif weight and is_expected(indicator):
            why = words(f"{KEY}.unavailable", needs=words(f"needs.{unavailable[key]}"))
            lines.append([words(f"indicator.{key}.label"), weight, None, why])
    return INDICATOR_COLUMNS, lines


def _files(handout: Handout) -> Block:
    words = handout.words
    lines: list[list[Cell]] = [
        [
            source.name,
            words(f"data.role.{source.role}"),
            source.read,
            source.header,
            sum(source.excluded.values()),
            source.used,
            sum(source.set_aside.values()),
            reason_counts(source.set_aside, words),
        ]
        for source in handout.dataset.sources
    ]
    return FILE_COLUMNS, lines


def _bridge(handout: Handout) -> tuple[Block, ...]:
    """The money bridge, step by step, and what was taken to be so of the files; neither where nothing is known."""
    words, meaning = handout.words, handout.dataset.meaning
    steps: list[list[Cell]] = [[step_label(one, words), one.lines, float(one.money)] for one in meaning.bridge]
    said: list[list[Cell]] = [[claim_sentence(one, words, handout.dataset.currency)] for one in meaning.claims]
    said += [[not_used_sentence(one, words)] for one in meaning.not_used]
    blocks: tuple[Block, ...] = ((BRIDGE_COLUMNS, steps), (CLAIM_COLUMNS, said))
    return tuple(block for block in blocks if block[1])


def _write_facts(sheets: Sheets, sheet: Any, row: int, facts: list[Typed]) -> int:
    for offset, (name, value, kind) in enumerate(facts):
        write_text(sheet, row + offset, 0, name, sheets.form("text", bold=True))
        _write_cell(sheets, sheet, (row + offset, 1), value, kind)
    return row + len(facts)


def _write_block(sheets: Sheets, sheet: Any, row: int, block: Block, words: Words) -> int:
    columns, lines = block
    sheet.set_row(row, HEADER_HEIGHT)
    for column, (key, kind) in enumerate(columns):
        look = header_look(kind) if column else HEADER
        write_text(sheet, row, column, words(f"{KEY}.{key}"), sheets.form("text", **look))
    for offset, line in enumerate(lines, start=1):
        for column, value in enumerate(line):
            _write_cell(sheets, sheet, (row + offset, column), value, columns[column][1])
    return row + len(lines) + 1


def _write_cell(sheets: Sheets, sheet: Any, place: tuple[int, int], value: Cell, kind: Kind) -> None:
    form = sheets.form(kind, align="left", indent=min(place[1], 1)) if kind in ("date", "text") else sheets.form(kind)
    if value is None or value == "":
        return
    if isinstance(value, date):
        sheet.write_datetime(*place, value, form)
    elif isinstance(value, str):
        write_text(sheet, *place, value, form)
    else:
        sheet.write_number(*place, value, form)
