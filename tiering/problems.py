"""What can be wrong with a file, a scenario or a request: a code and its facts, never words."""

from __future__ import annotations

from enum import StrEnum


class Problem(StrEnum):
    """Code of a problem; its three-part sentence lives in ``tiering/words/problems.toml`` under the same name."""

    # the file as a whole
    EMPTY = "empty"
    NO_ROWS = "no_rows"
    NOT_TEXT = "not_text"
    WRONG_TYPE = "wrong_type"
    NOT_A_TABLE = "not_a_table"
    NO_AMOUNT = "no_amount"
    DAMAGED = "damaged"
    PASSWORD = "password"
    FORMULA_WITHOUT_VALUE = "formula_without_value"
    XML_ENTITIES = "xml_entities"
    TOO_BIG = "too_big"
    TOO_BIG_UNPACKED = "too_big_unpacked"
    TOO_MANY_CELLS = "too_many_cells"
    TOO_MANY_COLUMNS = "too_many_columns"
    TOO_MANY_ROWS = "too_many_rows"
    OLD_XLS = "old_xls"
    HTML_NOT_EXCEL = "html_not_excel"
    TOO_SLOW = "too_slow"
    # the computer, not the file
    DISK_FULL = "disk_full"
    NO_MEMORY = "no_memory"
    READER_ENDED = "reader_ended"
    MACHINE_BUSY = "machine_busy"
    NO_ACCESS = "no_access"
    NO_SCRATCH = "no_scratch"
    CANCELLED = "cancelled"
    OUT_OF_MEMORY = "out_of_memory"
    ENGINE_MISSING = "engine_missing"
    ENGINE_SILENT = "engine_silent"
    ENGINE_FAILED = "engine_failed"
    PATH_UNSEEN = "path_unseen"
    FILES_UNREADABLE = "files_unreadable"
    NOT_PLAIN = "not_plain"
    # the columns and what they stand for
    MISSING_COLUMNS = "missing_columns"
    COLUMN_TWICE = "column_twice"
    NO_USABLE_ROWS = "no_usable_rows"
    NO_CUSTOMERS = "no_customers"
    # the scenario
    SCENARIO_NOT_JSON = "scenario_not_json"
    SCENARIO_TOO_BIG = "scenario_too_big"
    SCENARIO_INVALID = "scenario_invalid"
    SCENARIO_FIELD_UNKNOWN = "scenario_field_unknown"
    SCENARIO_FIELD_MISSING = "scenario_field_missing"
    SCENARIO_NO_INTEGER = "scenario_no_integer"
    SCENARIO_NO_NUMBER = "scenario_no_number"
    SCENARIO_NO_DAY = "scenario_no_day"
    SCENARIO_NUMBER_RANGE = "scenario_number_range"
    SCENARIO_TEXT_LONG = "scenario_text_long"
    SCENARIO_CHOICE = "scenario_choice"
    SCENARIO_LINES_ORDER = "scenario_lines_order"
    SCENARIO_LINES_TENTHS = "scenario_lines_tenths"
    SCENARIO_LINES_NUMBER = "scenario_lines_number"
    SCENARIO_TIER_NAMES = "scenario_tier_names"
    SCENARIO_NEWER = "scenario_newer"
    WEIGHTS_ALL_ZERO = "weights_all_zero"
    INDICATOR_UNKNOWN = "indicator_unknown"
    WEIGHTS_UNKNOWN = "weights_unknown"
    LINK_BROKEN = "link_broken"
    NO_INDICATORS = "no_indicators"
    NOBODY_BOUGHT = "nobody_bought"
    ALL_ALIKE = "all_alike"
    AS_OF_BEFORE_DATA = "as_of_before_data"


class DataProblem(Exception):
    """Raised by the core: a code and the facts its sentence needs (numbers, names), no words."""

    def __init__(self, code: Problem, **facts: object) -> None:
        super().__init__(f"{code}: {facts}")
        self.code = code
        self.facts = facts
