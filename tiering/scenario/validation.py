"""What a field of a scenario should have held, as far as the check that failed tells it."""

from __future__ import annotations

from typing import Any, Final

from tiering.problems import Problem

_BOUND: Final = {"greater_than_equal": "ge", "greater_than": "gt", "less_than_equal": "le", "less_than": "lt"}
_SIGNS: Final = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}
_KINDS: Final = {
    "extra_forbidden": Problem.SCENARIO_FIELD_UNKNOWN,
    "missing": Problem.SCENARIO_FIELD_MISSING,
    "int_type": Problem.SCENARIO_NO_INTEGER,
    "int_parsing": Problem.SCENARIO_NO_INTEGER,
    "int_from_float": Problem.SCENARIO_NO_INTEGER,
    "float_type": Problem.SCENARIO_NO_NUMBER,
    "float_parsing": Problem.SCENARIO_NO_NUMBER,
    "finite_number": Problem.SCENARIO_NO_NUMBER,
    "date_from_datetime_parsing": Problem.SCENARIO_NO_DAY,
    "date_parsing": Problem.SCENARIO_NO_DAY,
    "date_type": Problem.SCENARIO_NO_DAY,
}
_RULES: Final = {
    "cut lines out of order or out of range": Problem.SCENARIO_LINES_ORDER,
    "cut lines by score off the tenths of a point": Problem.SCENARIO_LINES_TENTHS,
    "two to six tiers with different names": Problem.SCENARIO_TIER_NAMES,
    "one cut line fewer than tiers": Problem.SCENARIO_LINES_NUMBER,
}


def validation_problem(error: Any) -> tuple[Problem, dict[str, str]]:
    """One failed check of pydantic → the problem and its facts; SCENARIO_INVALID where it tells no more."""
    kind, told = error["type"], error.get("ctx", {})
    if kind in _BOUND:
        sign = _BOUND[kind]
        return Problem.SCENARIO_NUMBER_RANGE, {"bound": f"{_SIGNS[sign]} {told[sign]:.15g}"}
    if kind == "string_too_long":
        return Problem.SCENARIO_TEXT_LONG, {"most": str(told["max_length"])}
    if kind in ("literal_error", "enum"):
        return Problem.SCENARIO_CHOICE, {"options": str(told["expected"]).replace(" or ", ", ")}
    if kind == "union_tag_invalid":
        return Problem.SCENARIO_CHOICE, {"options": str(told["expected_tags"])}
    if kind == "value_error":
        return _RULES.get(str(told["error"]), Problem.SCENARIO_INVALID), {}
    return _KINDS.get(kind, Problem.SCENARIO_INVALID), {}
