"""Of which customers a condition holds: any column of the customer table against a value."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tiering.indicators.levels import ORDERED_COLUMNS, ordered_level
from tiering.scenario.exceptions import Condition, Test

Kind = Literal["number", "date", "grade", "text"]
Mask = NDArray[np.bool_]

NOT_ASKED = ("as_of", "customer_id")
ORDERED_TESTS: tuple[Test, ...] = ("at_least", "above", "at_most", "below", "is", "is_not", "known", "unknown")
TEXT_TESTS: tuple[Test, ...] = ("is", "is_not", "known", "unknown")
_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "at_least": np.greater_equal,
    "above": np.greater,
    "at_most": np.less_equal,
    "below": np.less,
    "is": np.equal,
    "is_not": np.not_equal,
}
_SEPARATORS = re.compile(r"[、，,;；|]")


class Fault(StrEnum):
    """Why a rule cannot be used with this data; it stays in the scenario and does nothing."""

    NO_COLUMN = "no_column"
    TEST_UNFIT = "test_unfit"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_DATE = "not_a_date"
    NOT_A_GRADE = "not_a_grade"
    NO_VALUE = "no_value"
    NO_TIER = "no_tier"


@dataclass(frozen=True)
class Answer:
    """Of whom a condition holds (n,), of how many its column is not known, and why it could not be asked."""

    holds: Mask
    unknown: int = 0
    fault: Fault | None = None


def fields_of(customers: pd.DataFrame) -> dict[str, Kind]:
    """Columns a condition may ask about → what their values are; columns without any value are left out."""
    asked = [str(name) for name in customers if name not in NOT_ASKED]
    return {name: kind_of(customers[name]) for name in asked if customers[name].notna().any()}


def kind_of(column: pd.Series) -> Kind:
    """What the values of a column of the customer table are."""
    if pd.api.types.is_datetime64_any_dtype(column):
        return "date"
    if column.name in ORDERED_COLUMNS:
        return "grade"
    if pd.api.types.is_numeric_dtype(column):
        return "number"
    first = column.dropna().head(1)
    return "date" if len(first) and isinstance(first.iloc[0], date) else "text"


def fitting_tests(kind: Kind) -> tuple[Test, ...]:
    """Tests that make sense for values of a kind."""
    return TEXT_TESTS if kind == "text" else ORDERED_TESTS


def satisfied(customers: pd.DataFrame, condition: Condition) -> Answer:
    """Customers (n rows) + condition → of whom it holds (n,).

    Where the column is not known of a customer nothing but ``unknown`` holds. A condition that cannot be asked of
    this data holds of nobody and says why.
    """
    nobody = np.zeros(len(customers), dtype=bool)
    if condition.field not in customers or condition.field in NOT_ASKED:
        return Answer(nobody, len(customers), Fault.NO_COLUMN)
    column = customers[condition.field]
    known = column.notna().to_numpy()
    if condition.test in ("known", "unknown"):
        return Answer(known if condition.test == "known" else ~known)
    fault = value_fault(condition, column)
    if fault is not None:
        return Answer(nobody, 0, fault)
    return _compared(column, condition)


def value_fault(condition: Condition, column: pd.Series) -> Fault | None:
    """Why the value or the test does not fit the column; None where it does."""
    kind = kind_of(column)
    if condition.test not in fitting_tests(kind):
        return Fault.TEST_UNFIT
    if condition.value == "":
        return Fault.NO_VALUE
    if kind == "text":
        return None
    wrong = {"number": Fault.NOT_A_NUMBER, "date": Fault.NOT_A_DATE, "grade": Fault.NOT_A_GRADE}[kind]
    return wrong if _scalar(condition, kind) is None else None


def _compared(column: pd.Series, condition: Condition) -> Answer:
    kind = kind_of(column)
    if kind == "text":
        return _among(column, condition)
    values = _numbers(column, kind)
    known = np.isfinite(values)
    with np.errstate(invalid="ignore"):
        holds = _COMPARE[condition.test](values, _scalar(condition, kind)) & known
    return Answer(holds, int((~known).sum()))


def _among(column: pd.Series, condition: Condition) -> Answer:
    known = column.notna().to_numpy()
    codes, distinct = pd.factorize(column)
    value = condition.value
    wanted = _alternatives(value if isinstance(value, str) else f"{value:g}")
    found = np.array([*(_folded(str(text)) in wanted for text in distinct), False])[codes]
    return Answer((found == (condition.test == "is")) & known, int((~known).sum()))


def _alternatives(value: str) -> set[str]:
    """The whole text and each of its parts: a name with a comma in it still means that name."""
    return {_folded(value), *map(_folded, _SEPARATORS.split(value))} - {""}


def _folded(text: str) -> str:
    return text.strip().casefold()


def _numbers(column: pd.Series, kind: Kind) -> NDArray[np.float64]:
    if kind == "grade":
        column = ordered_level(column, str(column.name))
    if kind == "date":
        days = pd.to_datetime(column).to_numpy(dtype="datetime64[D]")
        return np.where(np.isnat(days), np.nan, days.astype(np.int64)).astype(np.float64)
    return column.to_numpy(dtype=np.float64, na_value=np.nan)


def _scalar(condition: Condition, kind: Kind) -> float | None:
    """The condition's value as a number comparable with the column's; None where it is none."""
    value = condition.value
    if kind == "date":
        return _day_number(str(value))
    if isinstance(value, float):
        return value
    if kind == "grade":
        return ORDERED_COLUMNS[condition.field].get(_folded(value))
    try:
        return float(value)
    except ValueError:
        return None


def _day_number(text: str) -> float | None:
    try:
        return float((date.fromisoformat(text.strip()) - date(1970, 1, 1)).days)
    except ValueError:
        return None
