"""The empty workbook: a header, an example row, and a sheet that says what belongs into each column."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import xlsxwriter

from tiering.dataset import Role
from tiering.ingest.meaning.mapping import Mapping, required_fields
from tiering.words import Words

COLUMNS: dict[Role, tuple[str, ...]] = {
    "orders": (
        "order_id",
        "customer_id",
        "customer_name",
        "order_date",
        "amount",
        "quantity",
        "cost",
        "product",
        "category",
        "owner",
    ),
    "customers": (
        "customer_id",
        "customer_name",
        "industry",
        "size",
        "region",
        "city",
        "owner",
        "current_tier",
        "satisfaction",
        "credit",
        "contract_end",
    ),
}
EXAMPLE_NUMBERS: dict[str, float | date] = {
    "order_date": date(2025, 3, 15),
    "amount": 12800.0,
    "quantity": 4,
    "cost": 9600.0,
    "satisfaction": 4.5,
    "contract_end": date(2026, 12, 31),
}
REQUIRED = {role: required_fields(Mapping(role, {})) for role in COLUMNS}


def template_workbook(role: Role, words: Words) -> bytes:
    """Role and language → XLSX bytes; required columns are marked, the example says that it is one."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(2025, 1, 1)})  # the same template has the same bytes
    _table(book, role, words)
    _notes(book, role, words)
    book.close()
    return target.getvalue()


def example_value(key: str, words: Words) -> str | float | date:
    """What the example row says in a column."""
    return EXAMPLE_NUMBERS[key] if key in EXAMPLE_NUMBERS else words(f"template.example.{key}")


def _table(book: Any, role: Role, words: Words) -> None:
    sheet = book.add_worksheet(words(f"data.role.{role}"))
    sheet.freeze_panes(1, 0)
    grey, dated = ({"font_color": "#7a828c", "italic": True} | more for more in ({}, {"num_format": "yyyy-mm-dd"}))
    for place, key in enumerate(COLUMNS[role]):
        must = key in REQUIRED[role]
        look = {
            "bold": True,
            "bg_color": "#1f4e79" if must else "#e6ecf2",
            "font_color": "#ffffff" if must else "#1b2430",
        }
        sheet.write(0, place, words(f"field.{key}.label"), book.add_format(look))
        sheet.write_comment(0, place, words(f"field.{key}.hint"))
        value = example_value(key, words)
        if isinstance(value, date):
            sheet.write_datetime(1, place, value, book.add_format(dated))
        else:
            sheet.write(1, place, value, book.add_format(grey))
        sheet.set_column(place, place, 18, book.add_format({"num_format": "yyyy-mm-dd"}) if key in _DATES else None)


_DATES = tuple(key for key, value in EXAMPLE_NUMBERS.items() if isinstance(value, date))


def _notes(book: Any, role: Role, words: Words) -> None:
    """Sentences in one column: a second table would have to be told from the first when the file comes back."""
    sheet = book.add_worksheet(words("template.notes.sheet"))
    sheet.set_column(0, 0, 110)
    sheet.write(0, 0, words("template.notes.start"), book.add_format({"bold": True}))
    for row, key in enumerate(COLUMNS[role], start=2):
        said = "template.notes.must" if key in REQUIRED[role] else "template.notes.may"
        sheet.write(row, 0, words(said, column=words(f"field.{key}.label"), meaning=words(f"field.{key}.hint")))
