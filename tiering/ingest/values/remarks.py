"""What deserves saying about the values of a table: lost digits, units, months, time zones."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tiering.ingest.values.cells import is_coded
from tiering.ingest.values.columns import Distinct
from tiering.ingest.values.dates import date_text
from tiering.ingest.values.kinds import Judged

SCIENTIFIC = r"^\d(?:\.\d+)?[eE]\+?\d{2,3}$"
CUT_BY_EXCEL = r"^\d{15}0+$"
POINT_ZERO = r"^\d+\.0$"
ZONE = r"(?i)\d(?:z|utc|gmt|[+-]\d{2}:?\d{2})\s*$"
WITH_DAY = r"^\d{4}\D\d{1,2}\D\d{1,2}|^\d{1,2}\D\d{1,2}\D\d{4}|^\d{8}"


def remarks(one: Judged, cells: Distinct, native: bool) -> list[dict[str, Any]]:
    """Notes on one column."""
    notes: list[dict[str, Any]] = []
    if one.kind == "id":
        notes += _counted("id_scientific", one.name, cells, SCIENTIFIC)
        notes += _counted("id_digits_lost", one.name, cells, CUT_BY_EXCEL) if native else []
    if one.kind == "date":
        if one.serial:
            notes.append({"code": "excel_serial", "column": one.name})
        notes += _counted("time_zone_dropped", one.name, cells, ZONE)
        notes += _months(one.name, cells)
    if one.factor != 1:
        notes.append({"code": "header_unit", "column": one.name, "unit": one.unit, "factor": one.factor})
    return notes


def _counted(code: str, name: str, cells: Distinct, pattern: str) -> list[dict[str, Any]]:
    found = pc.match_substring_regex(cells.values, pattern).to_numpy(zero_copy_only=False)
    count = int(cells.rows(found).sum()) if found.any() else 0
    return [{"code": code, "column": name, "cells": count}] if count else []


def _months(name: str, cells: Distinct) -> list[dict[str, Any]]:
    """Cells that give a month, quarter or week but no day."""
    short = pc.invert(pc.match_substring_regex(cells.values, WITH_DAY)).to_numpy(zero_copy_only=False).copy()
    places = np.flatnonzero(short)
    words = cells.values.take(pa.array(places)).to_pylist()
    short[places] = [(date := date_text(word)) is not None and date.dayless for word in words]
    count = int(cells.rows(short).sum()) if short.any() else 0
    return [{"code": "month_only", "column": name, "cells": count}] if count else []


def without_point_zero(column: pa.Array) -> pa.Array | None:
    """Identifiers without ``.0`` where every one of them has it, as a table program leaves them; else None."""
    values = pc.utf8_trim_whitespace(column.dictionary if is_coded(column) else column)
    filled = values.filter(pc.not_equal(values, ""))
    if not len(filled) or not re.fullmatch(POINT_ZERO, filled[0].as_py()):
        return None
    if not pc.all(pc.match_substring_regex(filled, POINT_ZERO)).as_py():
        return None
    tidy = pc.replace_substring_regex(values, r"\.0$", "")
    return pa.DictionaryArray.from_arrays(column.indices, tidy) if is_coded(column) else tidy
